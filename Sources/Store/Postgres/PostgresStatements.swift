import Kit

/// Which texts one session has prepared. A text is prepared when it comes a second time, so that statements used once cost
/// no extra round trip; beyond the limit the one unused for longest goes.
struct PostgresStatements {
  struct Key: Hashable {
    let text: String
    let types: [UInt32]
  }

  enum Plan {
    case direct
    case prepare(name: String, forgetting: String?)
    case execute(name: String)
  }

  private struct Entry {
    var name: String?
    var used: Int
  }

  private let limit: Int
  private var entries: [Key: Entry] = [:]
  private var clock = 0
  private var serial = 0

  init(limit: Int = 256) { self.limit = limit }

  mutating func plan(for key: Key) -> Plan {
    clock += 1
    if let entry = entries[key] {
      entries[key]?.used = clock
      if let name = entry.name { return .execute(name: name) }
      serial += 1
      let name = "s\(serial)"
      let dropped = makeRoom(keeping: key)
      return .prepare(name: name, forgetting: dropped)
    }
    entries[key] = Entry(name: nil, used: clock)
    return .direct
  }

  /// The server has taken the statement under this name.
  mutating func note(_ name: String, for key: Key) { entries[key] = Entry(name: name, used: clock) }

  mutating func forgetAll() { entries = [:] }

  /// Texts seen once fall out silently; of the prepared ones the oldest is named, to be deallocated.
  private mutating func makeRoom(keeping key: Key) -> String? {
    if entries.count > limit * 2 {
      entries = entries.filter { $0.value.name != nil || $0.key == key }
    }
    let prepared = entries.filter { $0.value.name != nil }
    guard prepared.count >= limit, let oldest = prepared.min(by: { $0.value.used < $1.value.used }) else { return nil }
    entries[oldest.key] = nil
    return oldest.value.name
  }
}
