import Jobs
import Kit
import Store
import Web

/// Who belongs to an organisation: the list, a member's page for administrators, import and export.
extension Feature {
  static let members = Feature(
    "Members",
    endpoints: [
      ListMembers.page, ListMembers.csv, AddMember.page,
      .act(.post, "/members", AddMember.self, allow: .admin, "Add a member", form: "/members/new", creates: true) {
        Destination("/members/\($0.person)", say: "\($0.name) is a member and can sign in with a code.")
      },
      ReadMemberFile.page, ReadMemberFile.endpoint,
      .page("/members/imports/:file", ShowMemberFile.self, allow: .admin, "members/preview", "Show what a file of members would do"),
      .act(
        .post, "/members/imports/:file/apply", ApplyMemberFile.self, allow: .admin, "Import a checked file", form: "/members/imports/:file"
      ) {
        Destination("/members", say: "\(counted($0.added, "member")) added, \($0.changed) changed, \($0.unchanged) as before.")
      },
      .page("/members/:person", ShowMember.self, allow: .admin, "members/show", "Show a member"),
      .page("/members/:person/edit", MemberToEdit.self, allow: .admin, "members/edit", "Show the form for correcting a member"),
      .act(.post, "/members/:person/edit", EditMember.self, allow: .admin, "Correct a member", form: "/members/:person/edit") {
        Destination("/members/\($0.id)", say: "Saved.")
      },
      .act(.post, "/members/:person/roles", SetRoles.self, allow: .admin, "Set a member's roles", form: "/members/:person") {
        Destination("/members/\($0.person)", say: "Saved. \($0.name) is \(RoleWords.list(Roles(words: $0.roles) ?? .member)) now.")
      },
      .act(.post, "/members/:person/suspend", SuspendMember.self, allow: .admin, "Suspend a member", form: "/members/:person") {
        Destination(
          "/members/\($0.person)", say: "\($0.name) is suspended and signed out everywhere.\($0.loss)",
          undo: Destination.undo("/members/\($0.person)/reactivate", "Make active again"))
      },
      .act(.post, "/members/:person/reactivate", ReactivateMember.self, allow: .admin, "Reactivate a member", form: "/members/:person") {
        Destination("/members/\($0.person)", say: "\($0.name) is active again.")
      },
      .act(.post, "/members/:person/remove", RemoveMember.self, allow: .admin, "Remove a member", form: "/members/:person") {
        Destination(
          "/members", say: "\($0.name) has left.\($0.loss)",
          undo: Destination.undo("/members/\($0.person)/reactivate", "Make active again"))
      },
    ],
    migrations: MemberTables.migrations,
    jobs: { _ in [SweepMemberFiles.handler] },
    schedule: [ScheduledJob("sweep-member-files", every: .hours(6), SweepMemberFiles())],
    checks: [
      Check("no chain of managers is a circle", remedy: "Import the members named with another manager_email.") { tx in
        try tx.count(
          """
          SELECT count(*) FROM person a JOIN person b ON b.org_id = a.org_id AND b.id = a.manager_id WHERE b.id = a.id OR b.manager_id = a.id
          """)
      }
    ],
    personalData: MemberTables.personalData
  )
}

/// Removes files of members a day after they were sent.
struct SweepMemberFiles: Job {
  static let kind = "sweep-member-files"

  static let handler = JobHandler(SweepMemberFiles.self) { _, run in
    let before = run.world.now() - .days(1)
    try await run.store.write { tx in try tx.run("DELETE FROM member_import WHERE created_at < \(before)") }
  }
}
