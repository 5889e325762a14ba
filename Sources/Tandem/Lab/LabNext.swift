import ArgumentParser
import Features
import Foundation
import Kit
import Store

struct LabNext: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "next", abstract: "Measure how long the next free slot of each mentor takes, from the database.",
    discussion: "Every mentor is asked for twice; the second time counts.\nExample: tandem lab next --data ./data --minutes 30")

  @OptionGroup var common: CommonOptions
  @Option(help: "Length of a session.") var minutes = 30

  private struct Report: Encodable {
    let solver = "tandem"
    let mentors, found: Int
    let p50Ms, p99Ms, maxMs, peakMb: Double
  }

  func run() async throws {
    let minutes = minutes
    let (spent, found) = try await common.withStore { store, _, _ in
      let people = try await store.read { try NextFreeSlot.people($0) }
      var spent: [Double] = []
      var found = 0
      for round in 0..<2 {
        for (org, person) in people {
          let begin = LabClock.wall()
          let start = try await store.read { try NextFreeSlot.find(person, org: org, minutes: minutes, $0, .live) }
          if round == 0 { continue }
          spent.append((LabClock.wall() - begin) * 1_000)
          if start != nil { found += 1 }
        }
      }
      return (spent.sorted(), found)
    }
    guard let slowest = spent.last else { throw Configuration.Fault(description: "Nobody in this installation opens windows.") }
    let report = Report(
      mentors: spent.count, found: found, p50Ms: spent[spent.count / 2], p99Ms: spent[spent.count * 99 / 100], maxMs: slowest,
      peakMb: LabClock.peakMegabytes())
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = .sortedKeys
    print(String(decoding: try encoder.encode(report), as: UTF8.self))
  }
}
