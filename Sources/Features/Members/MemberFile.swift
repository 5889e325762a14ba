import Interchange
import Kit
import Outside
import Store
import Web

/// A file of members, read and held against who is there: what would be new, what would change, what has to be mended first.
struct MemberFile {
  static let mostRows = 100_000
  static let shownFaults = 100

  struct Entry {
    let row: Int
    let email: String
    let name: String
    let title: String?
    let department: String?
    let managerEmail: String?
    let seniority: Int?
    let languages: [String]?
    let zone: String?
    let roles: Roles?
    /// The member who has this address already.
    let stored: MemberDetail?
    let storedManager: String?

    var known: ID<Person>? { stored?.id }

    /// What the row says otherwise than what is stored, by column. Roles and state are not taken from a file.
    var changes: [Change] {
      guard let stored else { return [] }
      let told: [(column: String, old: String, new: String?)] = [
        ("name", stored.name, name), ("title", stored.title, title), ("department", stored.department, department),
        ("manager_email", storedManager ?? "", managerEmail), ("seniority", "\(stored.seniority)", seniority.map { "\($0)" }),
        ("languages", stored.languages.joined(separator: " "), languages?.joined(separator: " ")), ("zone", stored.zone, zone),
      ]
      // An empty field changes nothing.
      return told.compactMap { told -> Change? in
        guard let new = told.new, new != told.old else { return nil }
        return Change(column: told.column, old: told.old, new: new)
      }
    }

    var isChange: Bool { !changes.isEmpty }

    /// Whether the row names other roles than the member has; those stay.
    var hasOtherRoles: Bool {
      guard let stored, let roles else { return false }
      return roles.union(.member) != stored.roleSet.union(.member)
    }

    /// Whether the member left or is suspended; a file brings nobody back.
    var staysOut: Bool { stored?.state == .left || stored?.state == .suspended }
  }

  struct Change {
    let column: String
    let old: String
    let new: String

    /// "title: Engineer → Coach".
    var words: String { "\(column): \(old.isEmpty ? "empty" : old) → \(new)" }
  }

  struct Fault: Output, Hashable {
    /// Counted from 1; the header is row 1, as a spreadsheet shows it.
    let row: Int
    let text: String
  }

  private(set) var entries: [Entry] = []
  private(set) var faults: [Fault] = []
  private(set) var unknownColumns: [String] = []

  var added: [Entry] { entries.filter { $0.known == nil } }
  var changed: [Entry] { entries.filter(\.isChange) }
  var unchanged: [Entry] { entries.filter { $0.known != nil && !$0.isChange } }

  init(_ content: [UInt8], _ viewer: Viewer, _ tx: Transaction) throws {
    let table: CSV.Table
    do {
      table = try CSV.Table(content, required: MemberColumns.required, limits: CSV.Limits(rows: Self.mostRows))
    } catch {
      faults = [Fault(row: error.row, text: Self.sentence(error))]
      return
    }
    let columns = Set(MemberColumns.all)
    unknownColumns = table.header.filter { !columns.contains($0.lowercased()) }
    faults = table.faults.map { Fault(row: $0.row, text: Self.sentence($0)) }
    let people: [MemberDetail] = try tx.all("SELECT \(MemberDetail.columns) FROM person WHERE org_id = \(viewer.org)")
    let known = Dictionary(people.map { ($0.email, $0) }, uniquingKeysWith: { first, _ in first })
    let addresses = Dictionary(people.map { ($0.id, $0.email) }, uniquingKeysWith: { first, _ in first })
    var rows: [String: Int] = [:]
    var knownZones: [String: Bool] = [:]
    for row in table.rows {
      do {
        let entry = try read(row, known, addresses, viewer, &knownZones)
        if let first = rows.updateValue(row.number, forKey: entry.email) {
          rows[entry.email] = first
          faults.append(Fault(row: row.number, text: "\(entry.email) stands in row \(first) already."))
        } else {
          entries.append(entry)
        }
      } catch let fault as RowFault {
        faults.append(contentsOf: fault.texts.map { Fault(row: row.number, text: $0) })
      }
    }
    checkManagers(known, addresses)
    if entries.isEmpty && faults.isEmpty { faults = [Fault(row: 1, text: "The file holds no member below its header.")] }
    faults.sort { ($0.row, $0.text) < ($1.row, $1.text) }
  }

  private struct RowFault: Error { let texts: [String] }

  private static func sentence(_ fault: CSV.Fault) -> String { fault.sentence.prefix(1).uppercased() + fault.sentence.dropFirst() }

  private func read(
    _ row: CSV.Row, _ known: [String: MemberDetail], _ addresses: [ID<Person>: String], _ viewer: Viewer, _ zones: inout [String: Bool]
  ) throws -> Entry {
    var texts: [String] = []
    func field(_ column: String, most: Int = 120) -> String? {
      guard let text = row[column].map({ CSV.unguarded($0).trimmed }), !text.isEmpty else { return nil }
      if text.unicodeScalars.count > most { texts.append("\(column) is longer than \(most) characters.") }
      if text.unicodeScalars.contains(where: { $0.value < 32 }) { texts.append("\(column) holds a control character.") }
      return text
    }
    func address(_ column: String) -> String? {
      guard let text = field(column, most: 254) else { return nil }
      guard let address = try? EmailAddress(text) else {
        texts.append("\(text.shortened(to: 60)) is not an e-mail address.")
        return nil
      }
      return address.normalised
    }
    let name = field("name")
    if name == nil { texts.append("name is empty.") }
    let email = address("email")
    if email == nil, (row["email"] ?? "").trimmed.isEmpty { texts.append("email is empty.") }
    let manager = address("manager_email")
    if let manager, manager == email { texts.append("Nobody is their own manager.") }
    let seniority = field("seniority").flatMap { text -> Int? in
      guard let number = Int(text), (0...10).contains(number) else {
        texts.append("seniority must be a whole number from 0 to 10.")
        return nil
      }
      return number
    }
    let zone = field("zone", most: 64)
    if let zone {
      let isKnown = zones[zone] ?? Zones.isKnown(zone)
      zones[zone] = isKnown
      if !isKnown { texts.append("\(zone) is not a time zone such as Europe/Berlin.") }
    }
    let languages = field("languages", most: 200).map { $0.split { ",; ".contains($0) }.map { $0.lowercased() } }
    if let languages, !languages.allSatisfy({ $0.wholeMatch(of: /[a-z]{2,3}(-[a-z0-9]{2,8})*/) != nil }) {
      texts.append("languages must be codes such as \"en de\".")
    }
    let roles = field("roles").map { $0.split { ",; ".contains($0) }.map { $0.lowercased() } }.map { (words: $0, set: Roles(words: $0)) }
    if let roles {
      if let set = roles.set {
        if !set.isSubset(of: Invitable.roles(for: viewer)) { texts.append("You may not give the roles \(listed(roles.words)).") }
      } else {
        texts.append("roles must be words of \(listed(Roles.given.map(\.name))).")
      }
    }
    guard texts.isEmpty, let name, let email else { throw RowFault(texts: texts) }
    let stored = known[email]
    return Entry(
      row: row.number, email: email, name: name, title: field("title"), department: field("department"), managerEmail: manager,
      seniority: seniority, languages: languages, zone: zone, roles: roles?.set, stored: stored,
      storedManager: stored?.manager.flatMap { addresses[$0] })
  }

  /// Managers must be members or stand in the file, and no chain of managers may come back to its start.
  private mutating func checkManagers(_ known: [String: MemberDetail], _ addresses: [ID<Person>: String]) {
    let managers = Dictionary(entries.compactMap { entry in entry.managerEmail.map { (entry.email, $0) } }, uniquingKeysWith: { a, _ in a })
    let here = Set(entries.map(\.email))
    // An address whose row is faulty is not reported as missing as well.
    let mayBeFaulty = !faults.isEmpty
    for entry in entries {
      guard let manager = entry.managerEmail else { continue }
      if !here.contains(manager), known[manager] == nil {
        if !mayBeFaulty { faults.append(Fault(row: entry.row, text: "The manager \(manager) is neither a member nor in this file.")) }
        continue
      }
      var next: String? = manager
      var steps = 0
      while let current = next, steps <= 50 {
        if current == entry.email {
          faults.append(Fault(row: entry.row, text: "\(entry.email) would be their own manager, by way of \(manager)."))
          break
        }
        // Who has no manager in the file keeps the one they have.
        next = managers[current] ?? known[current]?.manager.flatMap { addresses[$0] }
        steps += 1
      }
    }
  }
}
