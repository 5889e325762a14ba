import ArgumentParser
import Foundation
import Matching

/// `tandem lab rotate DIR`: plans the rounds of a speed event from files.
struct LabRotate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate", abstract: "Plan speed rounds from files: no pair twice, nobody in two places.",
    discussion: """
      DIR holds mentees.csv and mentors.csv (capacity: meetings wanted at most, min) and edges.csv; it may hold presence.csv
      (person,from,to) and met.csv (mentee,mentor).
      Example: tandem lab rotate DIR --rounds 8 --out rotation.csv
      """)

  @Argument(help: "The folder with the files of the event.") var folder: String
  @Option(help: "How many rounds there are.") var rounds: Int
  @Option(help: "How many tables there are, if they are few.") var tables: Int?
  @Option(help: "After which round the common pause is; it only shows in the figures.") var pauseAfter: Int?
  @Option(help: "Plan from this round on; the ones before are in --played.") var fromRound = 1
  @Option(help: "The rotation so far.") var played: String?
  @Option(help: "Choose otherwise between equally good plans.") var seed: UInt64 = 0
  @Option(help: "Where the rounds go.") var out: String?

  func run() throws {
    do { try plan() } catch let fault as RowFault {
      throw Configuration.Fault(description: fault.description)
    } catch let invalid as MatchProblem.Invalid {
      throw Configuration.Fault(description: "The rounds cannot be planned: \(invalid).")
    }
  }

  private func plan() throws {
    let event = ProgramFolder(folder, skipsInvalid: false)
    let loaded = try event.read()
    let files = loaded.files
    var request = files.rotation(rounds: rounds, firstRound: fromRound, tables: tables)
    request.seed = seed
    if let presence = try event.bytes("presence.csv") { try files.readPresence(presence.span, into: &request) }
    if let met = try event.bytes("met.csv") { try files.readMet(met.span, into: &request) }
    if let played {
      try files.readPlayed(try Data(contentsOf: URL(fileURLWithPath: played), options: .mappedIfSafe).span, into: &request)
    }
    let rotation = try request.plan()
    let cost = (wall: loaded.cost.wallSeconds, cpu: loaded.cost.cpuSeconds, peak: LabClock.peakMegabytes())
    if let out { try Data(files.rotationFile(rotation)).write(to: URL(fileURLWithPath: out)) }
    MatchSummary(fields: [
      ("solver", "\"tandem\""), ("rounds", "\(rounds)"), ("short", "\(rotation.objective.short)"),
      ("matched", "\(rotation.objective.pairs)"), ("weight", "\(rotation.objective.weight)"),
      ("bound", "[\(-rotation.bound.short),\(rotation.bound.pairs),\(rotation.bound.weight)]"), ("idle_twice", "\(rotation.idleTwice)"),
      ("pause_after", pauseAfter.map { "\($0)" } ?? "null"), ("read_s", loaded.seconds.wall.short), ("solve_wall_s", cost.wall.short),
      ("solve_cpu_s", cost.cpu.short), ("rss_before_mb", loaded.cost.memoryBefore.short), ("peak_mb", cost.peak.short),
    ]).print([])
  }
}
