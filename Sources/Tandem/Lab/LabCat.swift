import AdaptiveTesting
import ArgumentParser
import Foundation

struct LabCat: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cat", abstract: "Item response models and adaptive tests on files.",
    discussion: "Example: tandem lab cat calibrate --model 2pl --responses answers.csv",
    subcommands: [Information.self, Estimate.self, Simulate.self, Calibrate.self])

  enum Method: String, ExpressibleByArgument {
    case eap, ml
    var estimator: Estimator { self == .eap ? .standard : .maximumLikelihood }
  }

  struct Information: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Chance of a right answer and information of every item at an ability.",
      discussion: "Example: tandem lab cat information --bank bank.csv --theta 0.5")
    @Option(help: "CSV with a,b and, if there, c and d.") var bank: String
    @Option(help: "The ability.") var theta: Double

    func run() throws {
      let rows = try TestFiles.bank(bank).enumerated().map {
        "\($0.offset),\($0.element.probability(theta)),\($0.element.information(theta))"
      }
      try LabAnswer.table((["item,P,I"] + rows).joined(separator: "\n") + "\n", to: nil)
    }
  }

  struct Estimate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The ability of every person from all answers.",
      discussion: "Example: tandem lab cat estimate --bank bank.csv --responses answers.txt --method eap")
    @Option(help: "CSV with a,b and, if there, c and d.") var bank: String
    @Option(help: "A line a person of 0, 1 and . for none.") var responses: String
    @Option(help: "eap or ml.") var method = Method.eap
    @Option(help: "Write the table here instead of standard output.") var out: String?

    func run() throws {
      let items = try TestFiles.bank(bank)
      let bank = try ItemBank(items.map(Item.logistic))
      let plan = TestPlan(estimator: method.estimator, stopping: .length(.max))
      let rows = try TestFiles.answers(responses, items: items.count).enumerated().map { person, answers in
        var test = AdaptiveTest(bank, plan: plan)
        for (item, answer) in answers.enumerated() { if let answer { test.answer(item, answer) } }
        return "\(person),\(test.ability.theta),\(test.ability.standardError)"
      }
      try LabAnswer.table((["person,theta,psd"] + rows).joined(separator: "\n") + "\n", to: out)
    }
  }

  struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Adaptive tests of people whose answers to all items are known.",
      discussion: "Example: tandem lab cat simulate --bank bank.csv --responses answers.txt --method ml --length 40 --truth theta.csv")

    enum Select: String, ExpressibleByArgument { case maxinfo, random5, sh }

    @Option(help: "CSV with a,b and, if there, c and d.") var bank: String
    @Option(help: "A line a person of 0 and 1, an answer to every item.") var responses: String
    @Option(help: "maxinfo, random5 or sh (Sympson and Hetter, at most a quarter of the people an item).") var select = Select.maxinfo
    @Option(help: "eap or ml.") var method = Method.eap
    @Option(help: "The most items of a test.") var length = 30
    @Option(help: "Stop at this standard error.") var stopPsd: Double?
    @Option(help: "True abilities, one a line: their error is told after 5, 10, … items.") var truth: String?
    @Option(help: "Of all draws.") var seed: UInt64 = 0
    @Option(help: "Write the table here instead of standard output.") var out: String?

    private struct Report: Encodable {
      let solver = "tandem"
      let n: Int
      let meanLength, maxExposure, perCpuS: Double
      let rmse: [String: Double]?
      let solveWallS, solveCpuS, peakMb: Double
    }

    func run() throws {
      guard (1...10_000).contains(length) else { throw Configuration.Fault(description: "--length is from 1 to 10000.") }
      let items = try TestFiles.bank(bank)
      let bank = try ItemBank(items.map(Item.logistic))
      let answers = try TestFiles.answers(responses, items: items.count)
      let abilities = try truth.map { try Self.numbers($0, people: answers.count) }
      var plan = TestPlan(
        estimator: method.estimator,
        stopping: StoppingRules(standardError: stopPsd, leastItems: stopPsd == nil ? length : 8, mostItems: length, leastInformation: nil))
      if select == .random5 { plan.choice = .randomesque }
      if select == .sh {
        var draws = SeededGenerator(seed: seed)
        plan.choice.exposure = .calibrated(bank, plan: plan, abilities: (0..<1_000).map { _ in draws.normal() }, seed: seed)
      }
      let cost = LabCost()
      let run = Simulation(bank, plan: plan, abilities: abilities ?? answers.map { _ in 0 }, seed: seed) { answers[$0][$1] ?? 0 }
      let spent = cost.spent
      let rows = run.people.enumerated().map { person, attempt in
        "\(person),\(attempt.answers.map { String($0.item) }.joined(separator: " ")),\(attempt.ability.theta),\(attempt.ability.standardError)"
      }
      try LabAnswer.table((["person,items,theta,psd"] + rows).joined(separator: "\n") + "\n", to: out)
      let steps = run.people.reduce(0) { $0 + $1.answers.count }
      let lengths = [5, 10, 15, 20, 30, 40].filter { $0 <= length }
      let errors = abilities.map { _ in
        Dictionary(uniqueKeysWithValues: lengths.map { (String($0), run.rootMeanSquaredError(after: $0)) })
      }
      try LabAnswer.json(
        Report(
          n: steps, meanLength: run.meanLength, maxExposure: run.exposure.max() ?? 0, perCpuS: Double(steps) / max(spent.solveCpuS, 1e-9),
          rmse: errors, solveWallS: spent.solveWallS, solveCpuS: spent.solveCpuS, peakMb: spent.peakMb))
    }

    private static func numbers(_ path: String, people: Int) throws -> [Double] {
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        throw Configuration.Fault(description: "The file \(path) cannot be read.")
      }
      let numbers = text.split(whereSeparator: \.isNewline).compactMap { Double($0) }
      guard numbers.count == people else {
        throw Configuration.Fault(description: "\(path) holds \(numbers.count) numbers for \(people) people.")
      }
      return numbers
    }
  }

  struct Calibrate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Item parameters from answers, by marginal maximum likelihood.",
      discussion: "Example: tandem lab cat calibrate --model grm --responses answers.csv")

    enum Model: String, ExpressibleByArgument {
      case twoParameter = "2pl"
      case threeParameter = "3pl"
      case graded = "grm"
    }

    @Option(help: "2pl, 3pl or grm.") var model = Model.twoParameter
    @Option(help: "CSV with a header of item names; a row a person of categories 0, 1, 2, …; empty for none.") var responses: String
    @Flag(help: "No priors, however few people.") var noPriors = false

    private struct Report: Encodable {
      let solver = "tandem"
      let model: String
      let items: [Row]
      let people, iterations: Int
      let converged: Bool
      let logLikelihood: Double
      let solveWallS, solveCpuS, peakMb: Double
    }
    private struct Row: Encodable {
      let item: String
      let a: Double
      let b: [Double]
      let c: Double
      let se: StandardErrors
      let fit: ItemFit
    }

    func run() throws {
      let (names, rows) = try TestFiles.table(responses)
      let models: [Model: Calibration.Model] = [.twoParameter: .twoParameter, .threeParameter: .threeParameter, .graded: .graded]
      let cost = LabCost()
      let found = try Self.worded(names) {
        let table = try ResponseTable(rows)
        return try Calibration(table, model: models[model] ?? .twoParameter, priors: noPriors ? ItemPriors.none : nil) { step, height in
          if step % 20 == 0 { FileHandle.standardError.write(Data("iteration \(step): log likelihood \(height)\n".utf8)) }
          return true
        }
      }
      let spent = cost.spent
      let report = zip(names, found.estimates).map { name, estimate -> Row in
        switch estimate.item {
        case .logistic(let item): Row(item: name, a: item.a, b: [item.b], c: item.c, se: estimate.standardErrors, fit: estimate.fit)
        case .graded(let item): Row(item: name, a: item.a, b: item.thresholds, c: 0, se: estimate.standardErrors, fit: estimate.fit)
        }
      }
      try LabAnswer.json(
        Report(
          model: model.rawValue, items: report, people: rows.count, iterations: found.iterations, converged: found.converged,
          logLikelihood: found.logLikelihood, solveWallS: spent.solveWallS, solveCpuS: spent.solveCpuS, peakMb: spent.peakMb))
    }

    private static func worded(_ names: [String], _ body: () throws -> Calibration) throws -> Calibration {
      do {
        return try body()
      } catch let error as CalibrationError {
        let text =
          switch error {
          case .empty: "There are no answers."
          case .length(let row, let expected, let found): "Row \(row + 2) has \(found) answers, the header has \(expected)."
          case .category(let row, let item, let category): "Row \(row + 2): “\(category)” is no category of \(names[item])."
          case .constant(let item): "All answers to \(names[item]) are the same: leave it out."
          case .notDichotomous(let item): "\(names[item]) has more than two categories: use --model grm."
          }
        throw Configuration.Fault(description: text)
      }
    }
  }
}
