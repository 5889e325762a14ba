import Crypto
import Foundation
import Matching

/// The files of a program in a folder.
struct ProgramFolder {
  let folder: URL
  let skipsInvalid: Bool
  /// Whether pairs are found from what people offer and need, instead of read.
  let readsTraits: Bool

  init(_ path: String, skipsInvalid: Bool, readsTraits: Bool = false) {
    folder = URL(fileURLWithPath: path, isDirectory: true)
    self.skipsInvalid = skipsInvalid
    self.readsTraits = readsTraits
  }

  static let names = ["mentors.csv", "mentees.csv", "edges.csv", "pins.csv", "bans.csv", "skills.csv"]

  /// Reads what is there.
  func read() throws -> LoadedProgram {
    let start = (wall: LabClock.wall(), cpu: LabClock.cpu())
    var reader = ProgramReader(skipsInvalid: skipsInvalid, readsTraits: readsTraits)
    try feed(&reader)
    let seconds = (wall: LabClock.wall() - start.wall, cpu: LabClock.cpu() - start.cpu)
    let cost = SolveCost()
    return LoadedProgram(files: try reader.finish(), seconds: seconds, cost: cost)
  }

  /// Reads file after file; apart from `read`, so that no file stays mapped while the solver's memory is measured.
  @inline(never)
  private func feed(_ reader: inout ProgramReader) throws {
    guard let mentors = try bytes("mentors.csv") else { throw RowFault(file: "mentors.csv", line: 0, reason: "missing") }
    try reader.readMentors(mentors.span)
    let mentees = try bytes("mentees.csv")
    if let mentees { try reader.readMentees(mentees.span) }
    if readsTraits {
      if mentees == nil { throw RowFault(file: "mentees.csv", line: 0, reason: "missing") }
      if let skills = try bytes("skills.csv") { try reader.readSkills(skills.span) }
    } else {
      guard let edges = try bytes("edges.csv") else { throw RowFault(file: "edges.csv", line: 0, reason: "missing") }
      try reader.readEdges(edges.span)
    }
    if let pins = try bytes("pins.csv") { try reader.readPins(pins.span) }
    if let bans = try bytes("bans.csv") { try reader.readBans(bans.span) }
  }

  /// The hash of each file that is there.
  func hashes() throws -> [String: String] {
    var hashes: [String: String] = [:]
    for name in Self.names where readsTraits ? name != "edges.csv" : name != "skills.csv" {
      guard let data = try bytes(name) else { continue }
      hashes[name] = "sha256:" + SHA256.hash(data: data).map { String(format: "%02x", $0) }.joined()
    }
    return hashes
  }

  /// The bytes of a file, `nil` when it is not there.
  func bytes(_ name: String) throws -> Data? {
    let url = folder.appendingPathComponent(name)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    return try Data(contentsOf: url, options: .mappedIfSafe)
  }
}

/// A program in memory, how long the reading took, and the clock of the solver, which runs from the moment the rows are in memory.
struct LoadedProgram {
  let files: ProgramFiles
  let seconds: (wall: Double, cpu: Double)
  let cost: SolveCost
}

/// Time and memory since a moment.
struct SolveCost {
  private let wall = LabClock.wall()
  private let cpu = LabClock.cpu()
  let memoryBefore: Double

  /// The peak of reading is forgotten, where the system allows it, so that it does not hide what solving needs.
  init() {
    if let handle = FileHandle(forWritingAtPath: "/proc/self/clear_refs") {
      try? handle.write(contentsOf: Data("5".utf8))
      try? handle.close()
    }
    memoryBefore = LabClock.peakMegabytes()
  }

  var wallSeconds: Double { LabClock.wall() - wall }
  var cpuSeconds: Double { LabClock.cpu() - cpu }
}
