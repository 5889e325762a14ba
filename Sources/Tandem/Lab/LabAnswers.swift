import ArgumentParser
import Features
import Foundation
import Kit
import Logging
import Store

/// Answering cards through the database, each answer a commit that survives a power cut.
struct LabAnswers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answers", abstract: "Answer new cards one after the other through a database of its own, and tell the pace.",
    discussion: "Example: tandem lab answers --cards 2000 --folder ./scratch")
  @Option(help: "Cards, each answered once.") var cards = 2000
  @Option(help: "Where the database is made and removed again.") var folder = "."

  private struct Report: Encodable {
    let solver = "tandem"
    let n: Int
    let perCpuS, answerPerCpuS: Double
    let solveWallS, solveCpuS, peakMb: Double
  }

  func run() async throws {
    let place = URL(fileURLWithPath: folder).appending(path: "tandem-answers-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let store = try await Store.open(
      "sqlite:" + place.appending(path: "tandem.db").path, logger: Logger(label: "tandem.lab") { _ in SwiftLogNoOpLogHandler() })
    try await Migrator(Features.migrations).migrate(store, now: World.live.now()) {}
    let pace = try await AnswerPace(cards: cards, in: store, .live)
    let cost = LabCost()
    var (answered, answering) = (0, 0.0)
    while let card = try await pace.next(store, .live) {
      let start = LabClock.cpu()
      try await pace.answer(card, store, .live)
      answering += LabClock.cpu() - start
      answered += 1
    }
    let spent = cost.spent
    await store.close()
    try LabAnswer.json(
      Report(
        n: answered, perCpuS: Double(answered) / max(spent.solveCpuS, 1e-9), answerPerCpuS: Double(answered) / max(answering, 1e-9),
        solveWallS: spent.solveWallS, solveCpuS: spent.solveCpuS, peakMb: spent.peakMb))
  }
}
