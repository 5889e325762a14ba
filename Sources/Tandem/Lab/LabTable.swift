import Foundation
import Interchange

/// A CSV file for the engines, with faults named by file and line.
struct LabTable {
  let path: String
  let table: CSV.Table

  init(_ path: String, required: [String]) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Configuration.Fault(description: "The file \(path) cannot be read.")
    }
    self.path = path
    do {
      table = try CSV.Table(data, required: required, limits: CSV.Limits(rows: 20_000_000, fieldsInRow: 10_000))
    } catch {
      throw Configuration.Fault(description: "\(path) line \(error.line): \(error.sentence)")
    }
    if let fault = table.faults.first { throw Configuration.Fault(description: "\(path) line \(fault.line): \(fault.sentence)") }
  }

  func fault(_ row: CSV.Row, _ text: String) -> Configuration.Fault {
    Configuration.Fault(description: "\(path) line \(row.line): \(text)")
  }

  func integer(_ row: CSV.Row, _ column: String) throws -> Int64 {
    let text = row[column] ?? ""
    guard let value = Int64(text) else { throw fault(row, "\(column) is not an integer: “\(text.prefix(40))”.") }
    return value
  }

  func number(_ row: CSV.Row, _ column: String) throws -> Double {
    let text = row[column] ?? ""
    guard let value = Double(text), value.isFinite else { throw fault(row, "\(column) is not a number: “\(text.prefix(40))”.") }
    return value
  }
}

/// What a command answers: a table to a file or standard output, and a JSON object as the last line.
enum LabAnswer {
  static func table(_ text: String, to path: String?) throws {
    let data = Data(text.utf8)
    guard let path else { return FileHandle.standardOutput.write(data) }
    guard FileManager.default.createFile(atPath: path, contents: data) else {
      throw Configuration.Fault(description: "The file \(path) cannot be written.")
    }
  }

  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}

/// What an answer cost, for its last line.
struct LabCost {
  private let wall = LabClock.wall()
  private let cpu = LabClock.cpu()

  struct Spent: Encodable {
    let solveWallS, solveCpuS, peakMb: Double
  }

  var spent: Spent { Spent(solveWallS: LabClock.wall() - wall, solveCpuS: LabClock.cpu() - cpu, peakMb: LabClock.peakMegabytes()) }
}
