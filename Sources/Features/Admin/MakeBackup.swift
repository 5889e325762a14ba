import Jobs
import Kit
import Store
import Web

/// A backup that somebody asked for.
struct MakeBackup: Job {
  static let kind = "backup"
  /// Who asked, for the log.
  let person: ID<Person>

  static func handler(_ site: Site, _ key: Backup.Key? = nil) -> JobHandler {
    JobHandler(MakeBackup.self) { job, run in
      try await BackupFolder(site.settings).make(
        run.store, named: "manual", key: key, version: site.settings.version, now: run.world.now())
      let org = try run.org()
      try await run.store.write { tx in
        try tx.record(org: org, actor: job.person, origin: "job", "backup.made", job.person, [:], run.world)
      }
    }
  }
}

/// Looks every hour whether a backup is due by `backup.every`, makes it and removes the oldest beyond `backup.keep`.
struct DailyBackup: Job {
  static let kind = "daily-backup"

  static func handler(_ site: Site, _ key: Backup.Key? = nil) -> JobHandler {
    JobHandler(DailyBackup.self) { _, run in
      let folder = BackupFolder(site.settings)
      let now = run.world.now()
      if let newest = folder.files.first, now - newest.madeAt < site.settings.backups.every { return }
      try await folder.make(run.store, named: "daily", key: key, version: site.settings.version, now: now)
      folder.prune(keep: site.settings.backups.kept)
    }
  }
}

extension Installation {
  /// The worker whose backups hold the secret key, wherever that comes from.
  public func worker(keeping secret: [UInt8]) -> Worker {
    let key = Backup.Key(secret: secret)
    return worker.replacing([MakeBackup.handler(site, key), DailyBackup.handler(site, key)])
  }
}

/// Asks for a backup now. Those made by hand stay in the folder, and the folder may be that of several organisations: so each may ask for
/// a few a day only.
struct AskForBackup: UseCase {
  static let perDay = 5
  static let limitWords = "\(perDay) backups a day can be asked for here. On the server, tandem backup makes one at any time."

  /// Whether an organisation has asked as often as it may within 24 hours.
  static func isUsedUp(_ org: ID<Organisation>, _ tx: Transaction, now: Instant) throws -> Bool {
    try tx.count("SELECT count(*) FROM activity WHERE org_id = \(org) AND verb = \("backup.asked") AND at > \(now - .hours(24))")
      >= perDay
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    let running = try tx.count("SELECT count(*) FROM job WHERE kind = \(MakeBackup.kind) AND state IN ('ready', 'running')")
    guard running == 0 else { throw Problem.conflict(code: "backup_running", detail: "A backup is being made already.") }
    guard try !Self.isUsedUp(viewer.org, tx, now: world.now()) else {
      throw Problem.conflict(code: "backups_used_up", detail: Self.limitWords)
    }
    try tx.enqueue(MakeBackup(person: viewer.person), for: viewer.org, key: "manual@\(world.now().microseconds)", at: world.now(), world)
    try tx.record(viewer, "backup.asked", viewer.person, [:], world)
    return Done()
  }
}

struct BackupPage: Output {
  let items: [Line]
  let folder: String
  /// What the last backup by hand is doing; absent when none was asked for lately.
  let progress: Progress?
  let form: Form?
  /// Said in place of the form when no more can be asked for today.
  let limit: String?
  let empty: Bool
  let tabs: AdminTabs

  struct Line: Output {
    let name: String
    let size: String
    let made: Moment
  }

  struct Progress: Output {
    let words: String
    let isRunning: Bool
    let kind: String
  }

  static let endpoint = Endpoint.custom(
    .get, "/admin/backups", allow: .admin, "List backups", input: NoInput.self, output: .of(BackupPage.self)
  ) { call, _ in
    let site = call.site
    let now = site.world.now()
    let (viewer, progress, isUsedUp) = try await call.reading { tx in
      let viewer = try call.admit(tx)
      return (viewer, try lastRun(tx), try AskForBackup.isUsedUp(viewer.org, tx, now: now))
    }
    let folder = BackupFolder(site.settings)
    let lines = folder.files.prefix(100).map {
      Line(name: $0.name, size: ByteWords.text($0.bytes), made: Moment($0.madeAt, viewer, now: now))
    }
    let isRunning = progress?.isRunning ?? false
    return try Answer.page(
      "admin/backups",
      BackupPage(
        items: lines, folder: folder.path, progress: progress,
        form: isRunning || isUsedUp ? nil : Form("/admin/backups", button: "Back up now", []),
        limit: isUsedUp ? AskForBackup.limitWords : nil, empty: lines.isEmpty, tabs: AdminTabs("/admin/backups")),
      viewer: viewer)
  }

  private static func lastRun(_ tx: Transaction) throws -> Progress? {
    let row = try tx.row("SELECT state, failure FROM job WHERE kind = \(MakeBackup.kind) ORDER BY id DESC LIMIT 1")
    guard let row else { return nil }
    switch try row("state", as: QueuedJob.State.self) {
    case .ready, .running:
      let failure: String? = try row.optional("failure")
      return Progress(
        words: failure.map { "The last try failed (\($0)); it is tried again." }
          ?? "A backup is being made. Load this page again in a moment.",
        isRunning: failure == nil, kind: failure == nil ? "info" : "warn")
    case .done: return nil
    case .dead: return Progress(words: "The last backup was given up. See Health for the reason.", isRunning: false, kind: "danger")
    }
  }
}
