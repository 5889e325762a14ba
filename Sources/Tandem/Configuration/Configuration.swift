import Foundation
import Kit
import Outside
import TOMLKit
import Web

/// The effective settings: built-in default, then `tandem.toml`, then environment, then command line. Each knows where it is from.
struct Configuration: Sendable {
  struct Entry: Sendable {
    let value: String
    let source: String
    /// The source of what nobody gave.
    static let builtIn = "default"
  }

  private(set) var entries: [String: Entry]

  struct Fault: Error, CustomStringConvertible, Sendable {
    let description: String
  }

  /// - Parameters:
  ///   - file: path of `tandem.toml`; nil uses the one in the working folder when there is one.
  ///   - overrides: what the command line says, by key.
  static func load(file: String?, overrides: [String: String?], environment: [String: String] = ProcessInfo.processInfo.environment) throws
    -> Configuration
  {
    var entries: [String: Entry] = [:]
    for setting in Setting.all { entries[setting.key] = Entry(value: setting.fallback, source: Entry.builtIn) }
    let path = file ?? (FileManager.default.fileExists(atPath: "tandem.toml") ? "tandem.toml" : nil)
    if let path {
      for (key, value) in try read(path) { entries[key] = Entry(value: value, source: path) }
    }
    try refuseUnknown(environment)
    for setting in Setting.all {
      let name = setting.environmentName
      let direct = environment[name]
      let fromFile = try environment[name + "_FILE"].map { try contents(of: $0) }
      if direct != nil, fromFile != nil { throw Fault(description: "Set \(name) or \(name)_FILE, not both.") }
      if let value = direct ?? fromFile { entries[setting.key] = Entry(value: value, source: "environment") }
    }
    for (key, value) in overrides { if let value { entries[key] = Entry(value: value, source: "command line") } }
    let configuration = Configuration(entries: entries)
    try configuration.validate()
    return configuration
  }

  /// A name of one of our sections that is no setting is a mistyped one, unless a cluster made it of a service's name.
  private static func refuseUnknown(_ environment: [String: String]) throws {
    let known = Set(Setting.all.flatMap { [$0.environmentName, $0.environmentName + "_FILE"] })
    let sections = Set(Setting.all.compactMap { $0.key.split(separator: ".").first.map { "TANDEM_\($0.uppercased())_" } })
    for name in environment.keys.sorted() where !known.contains(name) && sections.contains(where: name.hasPrefix) {
      if name.contains(/_SERVICE_(HOST|PORT)|_PORT(_[0-9]|$)/) { continue }
      let key = name.dropFirst("TANDEM_".count).lowercased().replacing("_", with: ".", maxReplacements: 1)
      let nearest = Setting.all.first { $0.key == Setting.nearest(to: key) }
      throw Fault(description: "There is no setting \(name). Did you mean \(nearest?.environmentName ?? "")?")
    }
  }

  private static func contents(of path: String) throws -> String {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Fault(description: "The file \(path) cannot be read.")
    }
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  private static func read(_ path: String) throws -> [(String, String)] {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Fault(description: "The file \(path) cannot be read.")
    }
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch {
      throw Fault(description: "\(path) is not TOML: \(error)")
    }
    var found: [(String, String)] = []
    for section in table.keys {
      guard let inner = table[section]?.table else { throw Fault(description: "\(path): put \(section) under a section such as [server].") }
      for name in inner.keys {
        var key = "\(section).\(name)"
        guard let value = inner[name].flatMap(plain) else { throw Fault(description: "\(path): \(key) has a value of another kind.") }
        if key.hasSuffix("_file"), Setting.all.contains(where: { $0.key == String(key.dropLast(5)) }) {
          key = String(key.dropLast(5))
          found.append((key, try contents(of: value)))
          continue
        }
        guard Setting.all.contains(where: { $0.key == key }) else {
          throw Fault(description: "\(path): there is no setting \(key). Did you mean \(Setting.nearest(to: key))?")
        }
        found.append((key, value))
      }
    }
    return found
  }

  private static func plain(_ value: any TOMLValueConvertible) -> String? {
    if let text = value.string { return text }
    if let number = value.int { return String(number) }
    if let flag = value.bool { return String(flag) }
    if let number = value.double { return String(number) }
    if let items = value.array { return items.compactMap(\.string).joined(separator: ",") }
    return nil
  }

  private func validate() throws {
    for setting in Setting.all {
      let value = self[setting.key]
      let isRight =
        switch setting.kind {
        case .number: Double(value).map(setting.range.contains) ?? false
        case .size: size(setting.key).map { setting.range.contains(Double($0)) } ?? false
        case .duration: seconds(setting.key).map { setting.range.contains(Double($0)) } ?? false
        case .text, .list, .secret: setting.words.isEmpty || setting.words.contains(value)
        }
      if !isRight { throw wrong(setting.key, "give \(setting.format)") }
    }
    if Networks(texts: list("server.trusted_proxies")) == nil {
      throw wrong("server.trusted_proxies", "give addresses or networks such as 10.0.0.0/8")
    }
    if !self["server.base_url"].isEmpty, !isAddress(self["server.base_url"]) {
      throw wrong("server.base_url", "give an address such as https://tandem.example.org, without a path")
    }
    if entries["mail.from"]?.source != Entry.builtIn, (try? Mailbox(parsing: self["mail.from"])) == nil {
      throw wrong("mail.from", "give a sender such as Tandem <tandem@example.org>")
    }
    if !self["mail.replies"].trimmed.isEmpty, (try? EmailAddress(self["mail.replies"].trimmed)) == nil {
      throw wrong("mail.replies", "give an address such as replies@example.org")
    }
  }

  private func wrong(_ key: String, _ remedy: String) -> Fault {
    Fault(description: "\(key) (\(entries[key]?.source ?? "")): \"\(self[key])\" cannot be used; \(remedy).")
  }

  private func isAddress(_ text: String) -> Bool {
    guard let url = URLComponents(string: text), let host = url.host, !host.isEmpty else { return false }
    return ["http", "https"].contains(url.scheme) && ["", "/"].contains(url.path) && url.query == nil && url.fragment == nil
      && url.user == nil
  }

  subscript(key: String) -> String { entries[key]?.value ?? "" }

  func number(_ key: String) -> Double { Double(self[key]) ?? 0 }

  func list(_ key: String) -> [String] { self[key].split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty } }

  /// Bytes of "16MiB", "50MB" or a plain number.
  func size(_ key: String) -> Int? {
    let text = self[key].lowercased()
    for (suffix, factor) in [("kib", 1 << 10), ("mib", 1 << 20), ("gib", 1 << 30), ("kb", 1000), ("mb", 1_000_000)]
    where text.hasSuffix(suffix) {
      return Int(text.dropLast(suffix.count).trimmed).flatMap { Self.product($0, factor) }
    }
    return Int(text)
  }

  /// Seconds of "15m", "24h", "60s" or "7d".
  func seconds(_ key: String) -> Int? {
    let text = self[key]
    guard let unit = text.last, let count = Int(text.dropLast()) else { return nil }
    return ["s": 1, "m": 60, "h": 3600, "d": 86400][unit].flatMap { Self.product(count, $0) }
  }

  private static func product(_ count: Int, _ factor: Int) -> Int? {
    let (product, isTooLarge) = count.multipliedReportingOverflow(by: factor)
    return isTooLarge ? nil : product
  }

  /// Every value with its source, secrets masked.
  var lines: [String] {
    Setting.all.map { setting in
      let entry = entries[setting.key]
      let value =
        setting.kind == .secret
        ? (entry?.value.isEmpty == false ? "(set, \(entry?.value.utf8.count ?? 0) bytes)" : "(not set)") : entry?.value ?? ""
      return "\(setting.key) = \(value)    # \(entry?.source ?? Entry.builtIn). \(setting.help)."
    }
  }
}
