import Jobs
import Kit
import Store
import Web

/// What managers see: figures with their definitions, and programs with their people.
extension Feature {
  static let programs = Feature(
    "Programs",
    endpoints: [
      .page("/programs", ShowPrograms.self, allow: .manager, "programs/show", "Show the organisation's figures and programs"),
      KPIFile.endpoint,
      .file("funnel", "Download the funnel as CSV") { $0.funnel?.table ?? ReportTable(caption: "", columns: ["Step", "Asks"], rows: []) },
      .file("matrix", "Download who learns from whom as CSV") {
        $0.matrix?.table ?? ReportTable(caption: "", columns: ["Learns from"], rows: [])
      },
      .file("load", "Download the load of mentors as CSV") { $0.load?.table ?? ReportTable(caption: "", columns: ["Mentor"], rows: []) },
      .page("/programs/new", NewProgram.self, allow: .manager, "programs/new", "Begin a program"),
      .act(.post, "/programs", CreateProgram.self, allow: .manager, "Create a program", form: "/programs/new", creates: true) {
        Destination("/programs/\($0.id)", say: "Program created. Enrol its people.")
      },
      .page("/programs/:program", ShowProgram.self, allow: .manager, "programs/program", "Show a program"),
      .page("/programs/:program/edit", ProgramToEdit.self, allow: .manager, "programs/edit", "Show the form for changing a program"),
      .act(.post, "/programs/:program/edit", EditProgram.self, allow: .manager, "Change a program", form: "/programs/:program/edit") {
        Destination("/programs/\($0.id)", say: "Saved.")
      },
      .page("/programs/:program/close", ProgramToClose.self, allow: .manager, "programs/close", "Ask before a program is closed"),
      .act(.post, "/programs/:program/close", CloseProgram.self, allow: .manager, "Close a program", form: "/programs/:program/close") {
        Destination("/programs/\($0.id)", say: "\($0.name) is closed.", undo: Destination.undo("/programs/\($0.id)/reopen"))
      },
      .act(.post, "/programs/:program/reopen", ReopenProgram.self, allow: .manager, "Open a closed program again") {
        Destination("/programs/\($0.id)", say: "\($0.name) is open again.")
      },
      Endpoint.custom(
        .get, "/programs/:program/people.csv", allow: .manager, "Download the people of a program as CSV", input: ProgramPath.self
      ) { call, input in
        let text = try await call.reading { tx in
          let viewer = try call.admit(tx)
          let program = try Program.find(input.program, for: viewer, tx)
          return Participants.table(try Participants.load(program.id, org: viewer.org, tx), zone: Zones.zone(viewer.zone)).csv
        }
        return .csv(text, fileName: "people.csv")
      }.with { $0.contentType = "text/csv" },
      .act(
        .post, "/programs/:program/people", EnrolPeople.self, allow: .manager, "Enrol people in a program", form: "/programs/:program"
      ) { Destination("/programs/\($0.program)", say: $0.words) },
      .act(.post, "/programs/:program/people/:person/leave", LeaveProgram.self, allow: .manager, "Take somebody out of a program") {
        Destination(
          "/programs/\($0.program)", say: "\($0.name) is out.",
          undo: Destination.undo("/programs/\($0.program)/people/\($0.person)/rejoin"))
      },
      .act(.post, "/programs/:program/people/:person/rejoin", RejoinProgram.self, allow: .manager, "Bring somebody back into a program") {
        Destination("/programs/\($0.program)", say: "\($0.name) is back.")
      },
    ],
    migrations: ProgramTables.migrations,
    jobs: { _ in [TellEnrolled.handler] },
    personalData: [
      PersonalColumn(
        "program", ["org_id", "id", "name", "template", "purpose", "starts_on", "ends_on", "created_at", "version", "closed_at"], .none,
        .keep),
      PersonalColumn("program", ["created_by", "closed_by"], .none, .pseudonymise),
      PersonalColumn("enrolment", ["org_id", "program_id", "person_id"], .none, .delete),
      PersonalColumn("enrolment", ["role", "enrolled_at", "left_at"], .behaviour, .delete),
      PersonalColumn("enrolment", ["enrolled_by"], .none, .pseudonymise),
    ])
}

struct ProgramPath: Input {
  var program: ID<Program>
}

extension Endpoint {
  /// One block of the report as a file.
  fileprivate static func file(
    _ name: String, _ summary: String, _ table: @escaping @Sendable (OrganisationReport) -> ReportTable
  ) -> Endpoint {
    Endpoint.custom(.get, "/programs/\(name).csv", allow: .manager, summary, input: ReportWindow.self) { call, input in
      let text = try await call.reading { tx in
        let viewer = try call.admit(tx)
        return table(try OrganisationReport.load(viewer, input.chosen, tx, call.site.world)).csv
      }
      return .csv(text, fileName: "\(name)-\(input.chosen.rawValue)-days.csv")
    }.with { $0.contentType = "text/csv" }
  }
}
