import Kit
import Store
import Web

/// Becoming a mentor: the application, the review against five criteria, the decision, the first two minutes.
extension Feature {
  static let vetting = Feature(
    "Vetting",
    endpoints: [
      .page("/vetting/apply", ShowApply.self, "vetting/apply", "Show the application to become a mentor"),
      .act(.post, "/vetting", Apply.self, "Apply to become a mentor", form: "/vetting/apply", creates: true) {
        Destination("/vetting/\($0.id)", say: "Sent. You hear of it by mail.")
      },
      .page("/vetting", ListMentorApplications.self, allow: .manager, "vetting/index", "List applications to become a mentor"),
      ListMentorApplications.csv,
      .page("/vetting/start", ShowStart.self, allow: .mentor, "vetting/start", "Show how to start as a mentor"),
      .act(.post, "/vetting/start", StartMentoring.self, allow: .mentor, "Start as a mentor", form: "/vetting/start") { _ in
        Destination("/vetting/start", say: "Saved. This is how others see you.")
      },
      .page("/vetting/:vetting", ShowMentorApplication.self, "vetting/show", "Show an application to become a mentor"),
      .act(.post, "/vetting/:vetting/withdraw", WithdrawApplication.self, "Withdraw one's application") { _ in
        Destination("/you", say: "Your application is withdrawn.")
      },
      .act(
        .post, "/vetting/:vetting/decision", DecideApplication.self, allow: .manager, "Decide about an application",
        form: "/vetting/:vetting"
      ) {
        Destination("/vetting/\($0.id)", say: "\($0.applicant.name) hears of it by mail.")
      },
      .act(.post, "/vetting/:vetting/recheck", KeepMentor.self, allow: .manager, "Keep a mentor after looking again") { _ in
        Destination("/vetting?show=recheck", say: "Looked at again. The next time is in a year.")
      },
    ],
    migrations: VettingTables.migrations,
    checks: [
      Check("a decided application has a time", remedy: "Report this with the log: the program writes both at once.") { tx in
        try tx.count(
          """
          SELECT count(*) FROM vetting WHERE state = 'approved' AND decided_at IS NULL
          """)
      }
    ],
    personalData: [
      PersonalColumn("vetting", ["org_id", "id", "person_id", "applied_at", "decided_at", "recheck_at"], .none, .delete),
      PersonalColumn("vetting", ["decided_by"], .none, .pseudonymise),
      PersonalColumn("vetting", ["state", "reach", "words"], .content, .delete),
      PersonalColumn("vetting_answer", ["org_id", "vetting_id", "criterion"], .none, .delete),
      PersonalColumn("vetting_answer", ["answer", "score"], .content, .delete),
    ]
  )
}
