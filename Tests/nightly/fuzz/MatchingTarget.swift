import Foundation

/// The files of a program. The first byte says which one the rest is; the others are plain ones that fit it.
enum MatchingFiles {
  private static let mentors = Array("mentor,capacity,min\na,2,1\nb,1,0\nlong-identity,3,0\n".utf8)
  private static let mentees = Array("mentee,capacity,min\nx,1,0\ny,2,1\nanother-long-one,1,0\n".utf8)
  private static let edges = Array("mentee,mentor,weight\nx,a,5\ny,a,-2\ny,b,7\nanother-long-one,long-identity,9\n".utf8)
  private static let teachers = Array("mentor,capacity,skills,languages,slots,manager,minutes\na,2,s:4;t:2,en;de,0-9;40-48,x,90\n".utf8)
  private static let learners = Array("mentee,needs,languages,slots,department,minutes\nx,s:1:3,en,2-9,Sales,60\n".utf8)

  static func read(_ input: [UInt8]) {
    guard let first = input.first else { return }
    let bytes = Array(input.dropFirst())
    let skips = first & 128 != 0
    switch first & 15 {
    case 0: program(bytes, mentees, edges, skips)
    case 1: program(mentors, bytes, edges, skips)
    case 2: program(mentors, mentees, bytes, skips)
    case 3: program(mentors, nil, bytes, skips)
    case 4: program(mentors, mentees, edges, skips, pins: bytes)
    case 5: program(mentors, mentees, edges, skips, bans: bytes)
    case 6: traits(bytes, learners, nil, skips)
    case 7: traits(teachers, bytes, nil, skips)
    case 8: traits(teachers, learners, bytes, skips)
    case 9: certificate(bytes)
    case 10: assignment(bytes)
    default: rotation(bytes, first)
    }
  }

  private static func program(
    _ mentors: [UInt8], _ mentees: [UInt8]?, _ edges: [UInt8], _ skips: Bool, pins: [UInt8]? = nil, bans: [UInt8]? = nil
  ) {
    guard let files = try? files(mentors, mentees, edges, skips, pins, bans) else { return }
    let people = files.problem.mentees + files.problem.mentors
    guard people.count < 64, let result = try? files.problem.solve(.coverage) else { return }
    let verdict = verify(result.pairs, of: files.problem, mode: .coverage, certificate: result.certificate)
    // What is matched passes the check, and an assignment is read as it was written.
    if !verdict.holds { abort() }
    let back = try? files.readAssignment(files.assignment(result.pairs).span)
    if back?.numbers != result.pairs { abort() }
  }

  private static func files(
    _ mentors: [UInt8], _ mentees: [UInt8]?, _ edges: [UInt8], _ skips: Bool, _ pins: [UInt8]?, _ bans: [UInt8]?
  ) throws -> ProgramFiles {
    var reader = ProgramReader(skipsInvalid: skips)
    try reader.readMentors(mentors.span)
    if let mentees { try reader.readMentees(mentees.span) }
    try reader.readEdges(edges.span)
    if let pins { try reader.readPins(pins.span) }
    if let bans { try reader.readBans(bans.span) }
    return try reader.finish()
  }

  private static func traits(_ mentors: [UInt8], _ mentees: [UInt8], _ skills: [UInt8]?, _ skips: Bool) {
    var reader = ProgramReader(skipsInvalid: skips, readsTraits: true)
    do {
      try reader.readMentors(mentors.span)
      try reader.readMentees(mentees.span)
      if let skills { try reader.readSkills(skills.span) }
      _ = try reader.finish()
    } catch {}
  }

  private static func certificate(_ bytes: [UInt8]) {
    guard let file = try? CertificateFile(bytes.span), file.inputs.isEmpty else { return }
    if (try? CertificateFile(file.bytes().span)) != file { abort() }
  }

  private static func assignment(_ bytes: [UInt8]) {
    guard let files = try? files(mentors, mentees, edges, false, nil, nil), let read = try? files.readPrevious(bytes.span) else { return }
    _ = files.diff(read.numbers, from: read.named)
    _ = verify(read.numbers, of: files.problem, mode: .coverage, certificate: nil)
  }

  private static func rotation(_ bytes: [UInt8], _ which: UInt8) {
    guard let files = try? files(mentors, mentees, edges, false, nil, nil) else { return }
    var request = files.rotation(rounds: 4, firstRound: 2)
    do {
      switch which % 3 {
      case 0: try files.readPresence(bytes.span, into: &request)
      case 1: try files.readMet(bytes.span, into: &request)
      default: try files.readPlayed(bytes.span, into: &request)
      }
      _ = try request.plan()
    } catch {}
  }
}

/// Compiled together with the sources of Matching.
@_cdecl("LLVMFuzzerTestOneInput")
public func oneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  MatchingFiles.read(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
