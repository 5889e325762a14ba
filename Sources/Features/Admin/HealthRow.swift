import Foundation
import Jobs
import Kit
import Store
import Web

/// One fact about the installation: how it stands, a figure, and what to do when it is not well.
struct HealthRow: Output {
  enum State: String, Choice {
    case good, warn, bad
  }

  let name: String
  let state: State
  let word: String
  let figure: String
  /// What to do; absent when there is nothing to do.
  let fix: String?
  let href: String?

  init(_ name: String, _ state: State, _ figure: String, fix: String? = nil, href: String? = nil) {
    self.name = name
    self.state = state
    self.figure = figure
    self.fix = state == .good ? nil : fix
    self.href = state == .good ? nil : href
    word = state == .good ? "Fine" : state == .warn ? "Look" : "Act"
  }
}

/// Looks at every part of the installation. Each look is quick; the one at the mail server goes out and is made on its own page.
struct Health {
  let site: Site

  func rows() async -> [HealthRow] {
    let isShared = await isShared()
    var rows = [await database()]
    rows += await facts()
    rows.append(await mail(isShared))
    if site.settings.hasMailServer { rows.append(sender()) }
    rows += await queue()
    rows.append(disk())
    rows.append(backups())
    rows.append(address(isShared))
    rows.append(HealthRow("Version", .good, site.settings.version))
    return rows
  }

  /// Whether address and mail are one for several organisations, and so are set on the server only.
  private func isShared() async -> Bool { (try? await site.store.read { tx in try Neighbours.exist(tx) }) ?? false }

  private func database() async -> HealthRow {
    do {
      try await site.store.probe()
      return HealthRow("Database", .good, "A write would be taken")
    } catch {
      return HealthRow("Database", .bad, "No write is taken", fix: "Look at the disk, and at the database server if there is one.")
    }
  }

  private func facts() async -> [HealthRow] {
    guard let facts = try? await site.store.facts() else { return [] }
    return facts.map { fact in
      switch fact.name {
      case "synchronous":
        return HealthRow(
          "Durability", fact.value == "2" ? .good : .bad,
          fact.value == "2" ? "Each commit is on the disk before you are told" : "synchronous is \(fact.value)",
          fix: "Restart Tandem: it sets this itself.")
      case "bytes": return HealthRow("Database size", .good, ByteWords.text(Int64(fact.value) ?? 0))
      default:
        let name = fact.name.replacing("_", with: " ")
        let isOff = ["fsync", "synchronous commit"].contains(name) && fact.value == "off"
        return HealthRow(
          name.prefix(1).uppercased() + name.dropFirst(), isOff ? .bad : .good, fact.value,
          fix: "Turn it on: a power cut could lose what was confirmed.")
      }
    }
  }

  private func mail(_ isShared: Bool) async -> HealthRow {
    guard site.settings.hasMailServer else {
      return HealthRow(
        "Mail", .warn, "Mails become files in the folder outbox",
        fix: isShared ? "Name a mail server on the server: mail.url in tandem.toml, or TANDEM_MAIL_URL." : "Name a mail server.",
        href: isShared ? nil : "/admin/mail")
    }
    do {
      try await site.mailer.probe()
      return HealthRow("Mail", .good, site.mailer.summary)
    } catch {
      return HealthRow(
        "Mail", .bad, "The mail server does not answer",
        fix: isShared
          ? "Mails wait and go out by themselves. Look at mail.url in tandem.toml on the server."
          : "Mails wait and go out by themselves. Look at the settings.",
        href: "/admin/mail")
    }
  }

  /// A page that sets the server asks for the sender too: only a server that is given from outside can be without.
  private func sender() -> HealthRow {
    if site.settings.hasOwnSender { return HealthRow("Sender", .good, site.settings.mailFrom) }
    return HealthRow(
      "Sender", .warn, "Mails leave without a sender of their own",
      fix: "Set mail.from in tandem.toml on the server, or TANDEM_MAIL_FROM.")
  }

  private func queue() async -> [HealthRow] {
    let now = site.world.now()
    guard let figures = try? await site.store.read({ tx in try QueueFigures.load(tx, now: now) }) else { return [] }
    let minutes = Int(figures.late.minutes)
    return [
      HealthRow(
        "Jobs", figures.late > .minutes(5) ? .bad : .good,
        figures.late > .minutes(1)
          ? "\(figures.waiting) waiting, the oldest for \(minutes) min" : "\(figures.waiting) waiting, \(figures.running) running",
        fix: "Is the worker running? tandem serve has one; tandem work is another."),
      HealthRow(
        "Jobs given up", figures.dead > 0 ? .warn : .good, "\(figures.dead)", fix: "See why below, then retry them.",
        href: "/admin/health#dead"),
    ]
  }

  private func disk() -> HealthRow {
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: site.settings.dataFolder)
    guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value else {
      return HealthRow("Disk", .warn, "Cannot be read", fix: "Does the data folder exist, and is it Tandem's own?")
    }
    return HealthRow(
      "Disk", free < 256 << 20 ? .bad : free < 1 << 30 ? .warn : .good, "\(ByteWords.text(free)) free",
      fix: "Make room, or move the data folder. Under 256 MB writes may fail.")
  }

  private func backups() -> HealthRow {
    guard let newest = BackupFolder(site.settings).files.first else {
      return HealthRow("Backup", .bad, "There is none", fix: "Make one now.", href: "/admin/backups")
    }
    let age = site.world.now() - newest.madeAt
    return HealthRow(
      "Backup", age > .hours(49) ? .bad : age > .hours(25) ? .warn : .good,
      age < .hours(1) ? "Less than an hour old" : "\(Int(age.hours)) h old",
      fix: "Make one now, and see why none was made by itself.", href: "/admin/backups")
  }

  private func address(_ isShared: Bool) -> HealthRow {
    let url = site.settings.baseURL
    let remedy =
      isShared ? "set server.base_url in tandem.toml on the server, or TANDEM_SERVER_BASE_URL." : "set the address under Mail."
    let isLocal = url.contains("://127.0.0.1") || url.contains("://localhost")
    return HealthRow(
      "Address", isLocal ? .warn : url.hasPrefix("https://") ? .good : .bad, url,
      fix: isLocal
        ? "Others cannot open links in mails: \(remedy)" : "Put an https proxy in front, then \(remedy)",
      href: isShared ? nil : "/admin/mail")
  }
}

/// Sizes for people: powers of ten, one decimal from a megabyte on.
enum ByteWords {
  static func text(_ bytes: Int64) -> String {
    let units = [("GB", 1e9), ("MB", 1e6), ("kB", 1e3)]
    for (name, size) in units where Double(bytes) >= size {
      let tenths = (Double(bytes) / size * 10).rounded() / 10
      return name == "kB" || tenths >= 100 ? "\(Int(tenths.rounded())) \(name)" : "\(tenths) \(name)"
    }
    return "\(bytes) bytes"
  }
}
