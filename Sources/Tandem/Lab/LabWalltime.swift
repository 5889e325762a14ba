import ArgumentParser
import Foundation
import Scheduling

struct LabWalltime: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "walltime", abstract: "Say which instants wall clock times are.",
    discussion: """
      Reads a CSV file whose first columns are zone,local and writes zone,local,utc,kind: seconds since 1970, and plain, gap or fold. \
      In a gap the offset before the change holds, in a fold the first of the two instants.
      Example: tandem lab walltime zones.csv --out answers.csv
      """)

  @Argument(help: "CSV with zone,local; local as in 2026-03-29T02:30.") var file: String
  @Option(help: "Write here instead of standard output.") var out: String?

  func run() throws {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      throw Configuration.Fault(description: "The file \(file) cannot be read.")
    }
    let tables = ZoneFolder().tables()
    var lines = ["zone,local,utc,kind"]
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count >= 2, let local = LocalDateTime(String(fields[1])), let zone = try? tables.zone(String(fields[0])) else {
        throw Configuration.Fault(description: "The row “\(line)” has no known zone or no local time.")
      }
      let resolved = zone.resolve(local)
      let kind = resolved.kind == .unique ? "plain" : resolved.kind.rawValue
      lines.append("\(fields[0]),\(fields[1]),\(resolved.instant / 1_000_000),\(kind)")
    }
    let answer = Data((lines.joined(separator: "\n") + "\n").utf8)
    guard let out else { return FileHandle.standardOutput.write(answer) }
    guard FileManager.default.createFile(atPath: out, contents: answer) else {
      throw Configuration.Fault(description: "The file \(out) cannot be written.")
    }
    print(#"{"rows":\#(lines.count - 1),"solver":"tandem"}"#)
  }
}
