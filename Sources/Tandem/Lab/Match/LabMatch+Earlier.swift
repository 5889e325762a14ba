import Foundation
import Matching

extension LabMatch {
  func mapped(_ path: String) throws -> Data {
    do { return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) } catch {
      throw Configuration.Fault(description: "The file \(path) cannot be read.")
    }
  }

  /// The answer and the prices in the folder named by --warm.
  func warmStart(_ files: ProgramFiles) throws -> WarmStart? {
    guard let warm else { return nil }
    let folder = URL(fileURLWithPath: warm, isDirectory: true)
    let proof = try CertificateFile(try mapped(folder.appendingPathComponent("certificate.json").path).span)
    let answer = try files.readPrevious(try mapped(folder.appendingPathComponent("assignment.csv").path).span)
    guard let prices = proof.certificate?.prices, prices.mentees.count == files.mentees.count, prices.mentors.count == files.mentors.count
    else { throw Configuration.Fault(description: "The certificate in \(warm) is of other people.") }
    return WarmStart(pairs: answer.numbers, prices: prices, threshold: proof.certificate?.threshold)
  }

  func previousAnswer(_ path: String, _ files: ProgramFiles) throws -> [Int] {
    try files.readPrevious(try mapped(path).span).numbers
  }

  func named(_ path: String, _ files: ProgramFiles) throws -> [MatchDiff.Pair] {
    try files.readPrevious(try mapped(path).span).named
  }

  func summary(_ loaded: LoadedProgram, _ objective: MatchObjective, _ cost: (wall: Double, cpu: Double, peak: Double)) -> MatchSummary {
    let problem = loaded.files.problem
    return MatchSummary(fields: [
      ("solver", "\"tandem\""), ("mode", "\"\(mode.rawValue)\""), ("short", "\(objective.short)"), ("matched", "\(objective.pairs)"),
      ("weight", "\(objective.weight)"), ("mentees", "\(problem.mentees.count)"), ("mentors", "\(problem.mentors.count)"),
      ("pairs", "\(problem.table.count)"), ("duplicates", "\(problem.table.duplicates)"), ("skipped_rows", "\(loaded.files.skippedCount)"),
      ("read_s", loaded.seconds.wall.short), ("read_cpu_s", loaded.seconds.cpu.short), ("solve_wall_s", cost.wall.short),
      ("solve_cpu_s", cost.cpu.short),
      ("rss_before_mb", loaded.cost.memoryBefore.short), ("peak_mb", cost.peak.short),
    ])
  }
}

/// The line of figures at the end.
struct MatchSummary {
  let fields: [(name: String, value: String)]

  func print(_ more: [(String, String)]) {
    Swift.print("{" + (fields + more).map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}")
  }
}
