import ArgumentParser
import Features
import Foundation
import Kit
import Web

struct Routes: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print every address with the permission it needs.", discussion: "Example: tandem routes --json")

  @Flag(help: "As JSON.") var json = false

  private struct Line: Encodable {
    let name: String
    let method: String
    let path: String
    let permission: String
    let scope: String
    let surface: String
    let feature: String
    let summary: String
  }

  func run() throws {
    let lines =
      Features.all.flatMap { feature in feature.endpoints.map { line($0, feature.name) } }
      + SystemRoutes.endpoints(describing: []).map { line($0, "Web") }
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return print(String(decoding: try encoder.encode(lines), as: UTF8.self))
    }
    for line in lines.sorted(by: { ($0.path, $0.method) < ($1.path, $1.method) }) {
      print("\(pad(line.method, 6)) \(pad(line.path, 44)) \(pad(line.permission, 9)) \(pad(line.feature, 12)) \(line.summary)")
    }
  }

  private func line(_ endpoint: Endpoint, _ feature: String) -> Line {
    Line(
      name: endpoint.name, method: endpoint.method.rawValue, path: endpoint.path, permission: endpoint.permission.rawValue,
      scope: endpoint.scope, surface: endpoint.surface.rawValue, feature: feature, summary: endpoint.summary)
  }

  private func pad(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
}
