import Foundation
import Kit
import Store

/// What an organisation decides for itself; each has a default.
public struct OrganisationSettings: Codable, Sendable, Hashable {
  /// A cancellation within so many hours of the start counts as late.
  public var lateCancelHours = 3
  /// What each factor of the ranking counts, in per mille, by its name such as `skill_fit`; nil for the defaults.
  var rankingWeights: [String: Int]?

  private enum CodingKeys: String, CodingKey {
    case lateCancelHours
    case rankingWeights = "ranking_weights"
  }

  public init() {}

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    lateCancelHours = try fields.decodeIfPresent(Int.self, forKey: .lateCancelHours) ?? 3
    rankingWeights = try? fields.decodeIfPresent([String: Int].self, forKey: .rankingWeights)
  }

  var lateCancelWords: String { counted(lateCancelHours, "hour") }

  public static func find(_ org: ID<Organisation>, _ tx: Transaction) throws -> OrganisationSettings {
    guard let text: String = try tx.value("SELECT settings FROM organisation WHERE id = \(org)") else { throw Problem.notFound }
    return try JSONDecoder().decode(OrganisationSettings.self, from: Data(text.utf8))
  }

  /// As it is kept: JSON in the row of the organisation.
  var text: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }
}
