import ArgumentParser
import Features
import Foundation
import Kit

/// `tandem demo`: a believable past for an empty installation.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Fill an empty installation with two organisations and four months of their past; print sign-ins.",
    discussion: "Example: tandem demo --data ./demo --members 400 --days 120 --seed 7")

  @OptionGroup var common: CommonOptions
  @Option(help: "Members of the larger organisation, 12 to 5000.") var members = 400
  @Option(help: "Days that are played, 7 to 365.") var days = 120
  @Option(help: "The same number gives the same people.") var seed: UInt64 = 7

  func validate() throws {
    guard (12...5000).contains(members) else { throw ValidationError("--members takes 12 to 5000.") }
    guard (7...365).contains(days) else { throw ValidationError("--days takes 7 to 365.") }
  }

  func run() async throws {
    try await common.withStore(creating: true) { store, configuration, _ in
      let signIns: [Demo.SignIn]
      do {
        signIns = try await Demo.play(store: store, world: .live, members: members, days: days, seed: seed) { Words.say($0) }
      } catch let refusal as Demo.NotEmpty {
        throw Configuration.Fault(description: refusal.description)
      }
      for signIn in signIns { print("\(signIn.part)\t\(signIn.name)\t\(signIn.email)\t\(signIn.password)") }
      Words.say("Start it: tandem serve --data \(configuration["storage.path"])")
    }
  }
}
