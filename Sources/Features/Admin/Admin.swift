import Jobs
import Kit
import Store
import Web

/// What keeps an installation well: health, mail, activity, backups, the organisation.
extension Feature {
  static let admin = Feature(
    "Admin",
    endpoints: [
      OverviewPage.endpoint, StartPage.endpoint, HealthPage.endpoint,
      .act(.post, "/admin/jobs/:job/retry", RetryJob.self, allow: .admin, "Retry a job that was given up") { _ in
        Destination("/admin/health", say: "The job is tried again.")
      },
      MailPage.endpoint, ChangeMail.endpoint("/admin/mail/server", form: "/admin/mail"),
      ChangeAddress.endpoint("/admin/mail/address", form: "/admin/mail"),
      ChangeMail.endpoint("/admin/start/server", form: "/admin/start").with { $0.surface = .page },
      ChangeAddress.endpoint("/admin/start/address", form: "/admin/start").with { $0.surface = .page }, SendTestMail.endpoint,
      ShowAudit.page, AuditFile.endpoint, BackupPage.endpoint,
      .act(.post, "/admin/backups", AskForBackup.self, allow: .admin, "Make a backup now", form: "/admin/backups") { _ in
        Destination("/admin/backups", say: "The backup is being made.")
      },
      OrganisationPage.endpoint,
      .act(.post, "/admin/organisation", ChangeOrganisation.self, allow: .admin, "Change the organisation", form: "/admin/organisation") {
        _ in
        Destination("/admin/organisation", say: "Saved.")
      },
      .page("/admin/matching", ShowWeights.self, allow: .admin, "admin/matching", "Weights of matching, tried on asks of the past"),
      .act(.post, "/admin/matching", ChangeWeights.self, allow: .admin, "Set the weights of matching", form: "/admin/matching") {
        Destination(
          "/admin/matching" + ($0.ask.map { "?ask=\($0)" } ?? ""),
          say: $0.wasScaled ? "Saved. The numbers were scaled to 1000 together." : "Saved.")
      },
      .act(.post, "/admin/matching/reset", ResetWeights.self, allow: .admin, "Put the weights of matching back") { _ in
        Destination("/admin/matching", say: "The weights are those Tandem ships with.")
      },
    ] + InstalledDemo.endpoints,
    migrations: InstallationSettings.migrations + InstalledDemo.migrations,
    jobs: { site in [MakeBackup.handler(site), DailyBackup.handler(site), SweepInstallation.handler, FillDemo.handler] },
    schedule: [
      ScheduledJob("daily-backup", every: .hours(1), DailyBackup()),
      ScheduledJob("sweep-installation", every: .hours(6), SweepInstallation()),
    ],
    checks: InstalledDemo.checks,
    personalData: InstallationSettings.personalData + InstalledDemo.personalData
  )
}

/// Removes what has served: kept answers after a day, jobs a month after they were done.
struct SweepInstallation: Job {
  static let kind = "sweep-installation"
  static let memory = Span.days(30)

  static let handler = JobHandler(SweepInstallation.self) { _, run in
    let before = run.world.now() - memory
    try await run.store.write { tx in
      try SystemRoutes.sweep(tx, run.world)
      try tx.run("DELETE FROM job WHERE state = 'done' AND finished_at < \(before)")
    }
  }
}
