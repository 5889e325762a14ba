import Foundation
import Web
import Yams

/// What ships with Tandem beside its pages: kinds of mentoring, situations, skills, lessons.
public enum Content {
  /// The folder `content`, in `share/tandem` or where the build put it.
  public static func folder() throws -> URL { try Resources.folder("content", of: "Features") }

  /// The bytes of one file of the folder, such as `skills.csv`.
  static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: try folder().appending(path: name))) }

  /// Reads one YAML file of the folder.
  static func yaml<Value: Decodable>(_ name: String, as: Value.Type = Value.self) throws -> Value {
    try YAMLDecoder().decode(Value.self, from: try String(contentsOf: try folder().appending(path: name), encoding: .utf8))
  }
}
