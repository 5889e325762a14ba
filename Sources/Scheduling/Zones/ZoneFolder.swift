import Foundation

/// The system's zone data on disk; the only place of this module that touches a file.
public struct ZoneFolder: Sendable {
  /// The folder that holds the zone files.
  public let path: String

  /// `/usr/share/zoneinfo` unless told otherwise.
  public init(path: String = "/usr/share/zoneinfo") { self.path = path }

  /// Zones read from this folder on first use.
  public func tables() -> ZoneTables {
    ZoneTables { name in FileManager.default.contents(atPath: "\(path)/\(name)").map(Array.init) }
  }

  /// The geographic zone names the folder's `zone.tab` lists, sorted, for people to choose from; empty without the file.
  public func names() -> [String] {
    guard let bytes = FileManager.default.contents(atPath: "\(path)/zone.tab") else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .filter { !$0.hasPrefix("#") }
      .compactMap { line in line.split(separator: "\t").dropFirst(2).first.map(String.init) }
      .filter(ZoneTables.isPlausibleName)
      .sorted()
  }
}
