import Foundation
import Interchange
import Kit
import Web

/// The three files of the official CSV download, as far as they are given. Other languages end in their own code.
public struct EscoFiles: Sendable {
  public enum Part: String, Choice, Hashable {
    case skills, occupations, relations

    /// How the official download names the file, without language and ending.
    var fileName: String {
      switch self {
      case .skills: "skills"
      case .occupations: "occupations"
      case .relations: "occupationSkillRelations"
      }
    }

    var columns: [String] {
      switch self {
      case .skills: ["conceptUri", "preferredLabel", "altLabels", "description"]
      case .occupations: ["conceptUri", "iscoGroup", "preferredLabel", "altLabels", "description"]
      case .relations: ["occupationUri", "relationType", "skillUri"]
      }
    }
  }

  public var bytes: [Part: [UInt8]]

  public init(_ bytes: [Part: [UInt8]]) { self.bytes = bytes }

  /// Reads `skills_en.csv`, `occupations_en.csv` and `occupationSkillRelations_en.csv` of a folder; each may be missing, not all.
  public init(folder: URL, language: String = "en") throws {
    bytes = [:]
    for part in Part.allCases {
      let file = folder.appending(path: "\(part.fileName)_\(language).csv")
      if FileManager.default.fileExists(atPath: file.path) { bytes[part] = Array(try Data(contentsOf: file)) }
    }
    if bytes.isEmpty {
      throw Unreadable(part: .skills, text: "The folder \(folder.path) holds no file such as skills_\(language).csv of the ESCO download.")
    }
  }

  /// A file that cannot be read as a whole. Nothing of any file was written.
  public struct Unreadable: Error, Sendable, CustomStringConvertible {
    public let part: Part
    public let text: String
    public var description: String { text }
  }

  func table(_ part: Part) throws -> CSV.Table? {
    guard let bytes = bytes[part] else { return nil }
    do {
      return try CSV.Table(bytes, required: part.columns, limits: CSV.Limits(rows: 1_000_000))
    } catch {
      throw Unreadable(part: part, text: "The file of \(part.rawValue) cannot be read. \(error.text)")
    }
  }
}
