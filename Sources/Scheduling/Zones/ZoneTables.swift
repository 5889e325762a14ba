import Synchronization

/// The zones of a process, each read once. Share one value; it may be used from any thread.
public final class ZoneTables: Sendable {
  private let load: @Sendable (String) -> [UInt8]?
  private let zones = Mutex<[String: Zone]>([:])

  /// `load` gives the bytes of the zone file with that IANA name, or nil when there is none. It only ever sees names
  /// that ``isPlausibleName(_:)`` accepts.
  public init(load: @escaping @Sendable (String) -> [UInt8]?) { self.load = load }

  /// The zone of an IANA name. Throws ``ZoneError/unknownZone(_:)`` for a name that is none, and
  /// ``ZoneError/malformedFile(_:)`` for an unreadable file. O(1) after the first time; failures are not remembered,
  /// so that made-up names cannot fill the memory.
  public func zone(_ name: String) throws(ZoneError) -> Zone {
    if let known = zones.withLock({ $0[name] }) { return known }
    guard Self.isPlausibleName(name), let bytes = load(name) else { throw .unknownZone(name) }
    let zone = try Zone(name: name, bytes: bytes)
    zones.withLock { $0[name] = zone }
    return zone
  }

  /// Whether `name` has the shape of an IANA name: parts of letters, digits, `_`, `+` and `-` between single slashes,
  /// at most 64 characters. Such a name cannot leave the folder it is looked up in.
  public static func isPlausibleName(_ name: String) -> Bool {
    guard name.utf8.count <= 64 else { return false }
    return name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
          default: false
          }
        }
    }
  }
}
