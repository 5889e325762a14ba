import Foundation
import Matching

extension LabMatch {
  /// Matches, checks the answer with the separate verifier, and writes what was asked for.
  func solve(_ loaded: LoadedProgram) throws {
    let files = loaded.files
    let problem = files.problem
    if let keep { return try rematch(loaded, keeping: keep) }
    let clock = MatchClock(limit: timeLimit)
    let result = try problem.solve(
      mode, options: MatchOptions(fairOn: fairOn, seed: seed, warm: try warmStart(files), mayContinue: { clock.mayContinue($0) }))
    let cost = (wall: loaded.cost.wallSeconds, cpu: loaded.cost.cpuSeconds, peak: LabClock.peakMegabytes())
    let start = LabClock.wall()
    let verdict = Matching.verify(result.pairs, of: problem, mode: mode, fairOn: fairOn, certificate: result.certificate)
    let checked = LabClock.wall() - start
    guard verdict.holds || result.bound != nil else { throw Findings(description: verdict.wrong.joined(separator: "\n")) }
    try write(result.pairs, certificate: result.certificate, objective: result.objective, files)
    if let report { try MatchReport(files, result, mode: mode, diff: try diff.map { try named($0, files) }).write(to: report) }
    if let bound = result.bound {
      Words.say("Stopped early. No answer has fewer missing, more pairs, more weight than \([-bound.quota, bound.pairs, bound.weight]).")
    }
    if features { Words.say("This is the best answer among \(problem.table.count) pairs that were found; --edges writes them.") }
    summary(loaded, result.objective, cost).print([
      ("threshold", result.certificate?.threshold.map { "\($0)" } ?? "null"), ("verify_s", checked.short),
      ("complete", result.bound == nil ? "true" : "false"),
      ("bound", result.bound.map { "[\($0.quota),\($0.pairs),\($0.weight)]" } ?? "null"), ("blocking_pairs", "\(verdict.blockingPairs)"),
    ])
  }

  private func rematch(_ loaded: LoadedProgram, keeping path: String) throws {
    let files = loaded.files
    let previous = try previousAnswer(path, files)
    let prices = try warmStart(files)?.prices
    let result = try files.problem.rematch(keeping: previous, prices: prices, moves: moves)
    let cost = (wall: loaded.cost.wallSeconds, cpu: loaded.cost.cpuSeconds, peak: LabClock.peakMegabytes())
    try write(result.pairs, certificate: nil, objective: result.objective, files)
    summary(loaded, result.objective, cost).print([
      ("threshold", "null"), ("moved", "\(result.moved)"), ("bonus", "\(result.bonus)"),
      (
        "cost_of_keeping",
        "[\(result.objective.short - result.optimum.short),\(result.optimum.pairs - result.objective.pairs),\(result.optimum.weight - result.objective.weight)]"
      ),
    ])
  }

  /// Checks files that somebody else may have written.
  func check(_ loaded: LoadedProgram) throws {
    guard let out else { throw Configuration.Fault(description: "Name the assignment with --out.") }
    let files = loaded.files
    let answer = try files.readAssignment(try mapped(out).span)
    let proof = try certificate.map { try CertificateFile(try mapped($0).span) }
    let start = LabClock.wall()
    var verdict = Matching.verify(
      answer.numbers, of: files.problem, mode: proof?.mode ?? mode, fairOn: proof?.fairOn ?? fairOn, certificate: proof?.certificate)
    let seconds = LabClock.wall() - start
    for pair in answer.impossible { verdict.wrong.append("Not an allowed pair: \(pair.mentee), \(pair.mentor).") }
    if let proof {
      let hashes = try program.hashes()
      for (name, hash) in proof.inputs.sorted(by: { $0.key < $1.key }) where hashes[name] != hash {
        verdict.wrong.append("The certificate speaks of another \(name).")
      }
      if proof.objective != verdict.objective { verdict.wrong.append("The certificate speaks of another answer.") }
    }
    print(
      "{\"ok\":\(verdict.holds),\"short\":\(verdict.objective.short),\"matched\":\(verdict.objective.pairs),"
        + "\"weight\":\(verdict.objective.weight),\"blocking_pairs\":\(verdict.blockingPairs),\"verify_s\":\(seconds.short)}")
    guard verdict.holds else { throw Findings(description: verdict.wrong.prefix(20).joined(separator: "\n")) }
  }

  private func write(_ pairs: [Int], certificate proof: Certificate?, objective: MatchObjective, _ files: ProgramFiles) throws {
    if let out { try Data(files.assignment(pairs)).write(to: URL(fileURLWithPath: out)) }
    guard let certificate, proof != nil || mode == .stable else { return }
    let hashes = try program.hashes()
    let file = CertificateFile(mode: mode, fairOn: fairOn, inputs: hashes, objective: objective, certificate: proof)
    try Data(file.bytes()).write(to: URL(fileURLWithPath: certificate))
  }
}

extension Double {
  /// With six digits behind the point.
  var short: String { String(format: "%.6f", self) }
}
