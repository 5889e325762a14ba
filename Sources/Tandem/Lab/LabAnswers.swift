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
    discussion: "Example: tandem lab answers --cards 2000 --people 1 --folder ./scratch")
  @Option(help: "Cards in all, each answered once.") var cards = 2000
  @Option(help: "People who answer at the same time, each their own cards.") var people = 1
  @Option(help: "Where the database is made and removed again.") var folder = "."

  private struct Report: Encodable {
    let solver = "tandem"
    let n, people: Int
    let perCpuS: Double
    let solveWallS, solveCpuS, peakMb: Double
  }

  func run() async throws {
    let place = URL(fileURLWithPath: folder).appending(path: "tandem-answers-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let store = try await Store.open(
      "sqlite:" + place.appending(path: "tandem.db").path, logger: Logger(label: "tandem.lab") { _ in SwiftLogNoOpLogHandler() })
    try await Migrator(Features.migrations).migrate(store, now: World.live.now()) {}
    let pace = try await AnswerPace(people: people, cards: cards / people, in: store, .live)
    let cost = LabCost()
    let answered = try await pace.run(store, .live)
    let spent = cost.spent
    await store.close()
    try LabAnswer.json(
      Report(
        n: answered, people: people, perCpuS: Double(answered) / max(spent.solveCpuS, 1e-9), solveWallS: spent.solveWallS,
        solveCpuS: spent.solveCpuS, peakMb: spent.peakMb))
  }

  func validate() throws {
    guard people > 0, cards >= people else { throw ValidationError("There must be people, and a card for each.") }
  }
}
