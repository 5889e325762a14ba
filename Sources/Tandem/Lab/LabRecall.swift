import ArgumentParser
import Foundation
import SpacedRepetition

struct LabRecall: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recall", abstract: "Spaced repetition on a log of reviews.",
    discussion: "Example: tandem lab recall fit --log reviews.csv", subcommands: [Replay.self, FitWeights.self, Evaluate.self])

  struct Log: ParsableArguments {
    @Option(help: "CSV with card_id, unix_s or unix_ms, rating (1 to 4) and, if known, elapsed_days.") var log: String?
    @Option(help: "Zone in which days are counted when the log has no elapsed_days.") var zone = "UTC"

    func read() throws -> ReviewLog {
      guard let log else { throw Configuration.Fault(description: "Name the log with --log.") }
      return try ReviewLog(log, zone: zone)
    }
  }

  struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The memory of every card after all its reviews.",
      discussion: "Example: tandem lab recall replay --log reviews.csv --out states.csv")
    @OptionGroup var log: Log
    @Option(help: "Weights as fit writes them; else the defaults.") var weights: String?
    @Option(help: "Share of cards to be remembered when due.") var retention = 0.9
    @Option(help: "Write the table here instead of standard output.") var out: String?

    private struct Report: Encodable {
      let solver = "tandem"
      let n, cards: Int
      let perCpuS: Double
      let solveWallS, solveCpuS, peakMb: Double
    }

    func run() throws {
      let log = try log.read()
      let model = MemoryModel(parameters: try ReviewLog.parameters(weights))
      let cost = LabCost()
      let states = log.cards.map { card -> MemoryState in
        let reviews = card.history.reviews
        var memory = model.first(reviews[0].grade)
        for review in reviews.dropFirst() { memory = model.next(after: memory, grade: review.grade, elapsedDays: review.elapsedDays) }
        return memory
      }
      let spent = cost.spent
      var rows = ["card_id,reviews,S,D,due"]
      for (card, memory) in zip(log.cards, states) {
        let days = Int(model.interval(for: memory, retention: retention).rounded().clamped(to: 1...36_500))
        let due = card.moments[card.moments.count - 1].instant / 1_000_000 + Int64(days) * 86_400
        rows.append("\(card.id),\(card.history.reviews.count),\(memory.stability),\(memory.difficulty),\(due)")
      }
      try LabAnswer.table(rows.joined(separator: "\n") + "\n", to: out)
      try LabAnswer.json(
        Report(
          n: log.reviews, cards: log.cards.count, perCpuS: Double(log.reviews) / max(spent.solveCpuS, 1e-9),
          solveWallS: spent.solveWallS, solveCpuS: spent.solveCpuS, peakMb: spent.peakMb))
    }
  }

  struct FitWeights: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "fit", abstract: "Fit the weights of the model to a log.",
      discussion: "Example: tandem lab recall fit --log reviews.csv --out weights.json")
    @OptionGroup var log: Log
    @Option(help: "JSON of items, [[[rating, days], …], …], instead of a log.") var items: String?
    @Option(help: "Of the order of batches.") var seed: UInt64 = 0
    @Flag(help: "Tell loss, gradient and weights of every step.") var trace = false
    @Option(help: "Write the weights here too.") var out: String?

    private struct Report: Encodable {
      let solver = "tandem"
      let version = "FSRS-6"
      let w: [Double]
      let items, trained: Int
      let stage: Fit.Stage
      let trace: [Step]?
      let solveWallS, solveCpuS, peakMb: Double
    }
    private struct Step: Encodable {
      let rate, loss: Double
      let gradient, w: [Double]
    }

    func run() throws {
      let histories = try items.map(ReviewLog.items) ?? log.read().histories
      var options = Fit.Options()
      options.seed = seed
      options.traced = trace
      let cost = LabCost()
      let fit = Fit(histories, options: options)
      let spent = cost.spent
      if let out {
        try LabAnswer.table(String(decoding: try JSONEncoder().encode(fit.parameters), as: UTF8.self) + "\n", to: out)
      }
      let steps = fit.trace.map { Step(rate: $0.rate, loss: $0.loss, gradient: $0.gradient, w: $0.weights) }
      try LabAnswer.json(
        Report(
          w: fit.parameters.weights, items: fit.items, trained: fit.trained, stage: fit.stage, trace: trace ? steps : nil,
          solveWallS: spent.solveWallS, solveCpuS: spent.solveCpuS, peakMb: spent.peakMb))
    }
  }

  struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "How well weights foretell reviews they have not seen, beside simple guesses.",
      discussion: "Example: tandem lab recall evaluate --log reviews.csv --split 5fold")

    enum Split: String, ExpressibleByArgument {
      case none
      case lastFifth = "80"
      case fiveFolds = "5fold"
    }
    enum Weighting: String, ExpressibleByArgument { case recency, none }

    @OptionGroup var log: Log
    @Option(help: "Weights as fit writes them; else they are fitted to each training part.") var weights: String?
    @Option(help: "none, 80 (hold out the last fifth) or 5fold.") var split = Split.fiveFolds
    @Option(help: "recency or none.") var weighting = Weighting.none
    @Option(help: "Of the order of batches.") var seed: UInt64 = 0

    private struct Report: Encodable {
      let items: Int
      let defaults, fitted, avg, movingAvg: Scores
      let worthAdopting: Bool
      let solver = "tandem"
      let solveWallS, solveCpuS, peakMb: Double
    }

    func run() throws {
      let histories = try log.read().histories
      let parts: [Split: Evaluation.Split] = [.none: .none, .lastFifth: .lastFifth, .fiveFolds: .fiveFolds]
      var options = Fit.Options()
      options.seed = seed
      let cost = LabCost()
      let found = Evaluation(
        histories, split: parts[split] ?? .fiveFolds, weights: try weights.map { try ReviewLog.parameters($0) },
        recency: weighting == .recency, options: options)
      let spent = cost.spent
      try LabAnswer.json(
        Report(
          items: found.items, defaults: found.defaults, fitted: found.fitted, avg: found.average, movingAvg: found.movingAverage,
          worthAdopting: found.isWorthAdopting, solveWallS: spent.solveWallS, solveCpuS: spent.solveCpuS, peakMb: spent.peakMb))
    }
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double { Swift.min(Swift.max(self, range.lowerBound), range.upperBound) }
}
