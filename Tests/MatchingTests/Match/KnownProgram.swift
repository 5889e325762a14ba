import Foundation

@testable import Matching

/// The programs with known optima that lie beside the tests.
enum KnownProgram {
  static func read(_ name: String) throws -> ProgramFiles {
    guard let folder = Bundle.module.url(forResource: "Fixtures", withExtension: nil)?.appendingPathComponent(name) else {
      throw CocoaError(.fileNoSuchFile)
    }
    var reader = ProgramReader()
    try reader.readMentors(try Data(contentsOf: folder.appendingPathComponent("mentors.csv")).span)
    try reader.readEdges(try Data(contentsOf: folder.appendingPathComponent("edges.csv")).span)
    return try reader.finish()
  }

  /// A program from the text of its files.
  static func of(
    mentors: String, mentees: String? = nil, edges: String, pins: String? = nil, bans: String? = nil, skipsInvalid: Bool = false
  ) throws(RowFault) -> ProgramFiles {
    var reader = ProgramReader(skipsInvalid: skipsInvalid)
    try reader.readMentors(Array(mentors.utf8).span)
    if let mentees { try reader.readMentees(Array(mentees.utf8).span) }
    try reader.readEdges(Array(edges.utf8).span)
    if let pins { try reader.readPins(Array(pins.utf8).span) }
    if let bans { try reader.readBans(Array(bans.utf8).span) }
    return try reader.finish()
  }
}
