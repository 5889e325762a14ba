import Kit
import Matching
import Store
import Web

/// The weights of the ranking, and what others would change for an ask that was really asked.
struct ShowWeights: UseCase {
  /// The ask to try the weights on; when it is left out, the newest one with which somebody may help.
  var ask: ID<Ask>?
  // As they were typed: a number that cannot be taken is told beside its field, and the others stay.
  var skillFit: String?
  var soon: String?
  var fairLoad: String?
  var answers: String?
  var rating: String?
  var language: String?
  var crossing: String?
  var newFaces: String?

  static let rules: [String: Rule] = Dictionary(uniqueKeysWithValues: Factor.weighted.map { ($0.word, .text(0...40)) })

  struct Page: Output {
    /// The weights in use, by the names of the factors.
    var weights: [String: Int]
    var isStandard: Bool
    var isTried: Bool
    var form: Form
    /// What the numbers in the fields add up to, in words.
    var total: String
    /// The asks to choose from; nil while there are none.
    var choice: Form?
    var preview: WeightsPreview?
    var tabs: AdminTabs
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let kept = try OrganisationSettings.find(viewer.org, tx).weights
    let typed = [skillFit, soon, fairLoad, answers, rating, language, crossing, newFaces]
    let numbers = zip(typed, Factor.weighted).map { typed, factor in TypedWeight(typed, kept: kept[factor]) }
    let isWhole = numbers.allSatisfy { $0.fault == nil }
    let parts = WeightParts(numbers.map(\.value))
    let tried = isWhole ? parts.weights ?? kept : kept
    let asks = try PastAsk.recent(org: viewer.org, tx)
    let chosen = try preview(asks, before: kept, after: tried, tx, world)
    return Page(
      weights: kept.words, isStandard: kept == .standard, isTried: tried != kept,
      form: Form("/admin/matching", button: "Save", id: "weights", zip(Factor.weighted, numbers).map { $0.field($1) }),
      total: isWhole ? Self.total(parts) : "A number above cannot be taken. The preview shows the weights in use.",
      choice: asks.isEmpty
        ? nil : Form("/admin/matching", button: "Preview", id: "try", [choice(asks, chosen?.ask, viewer, now: world.now())]),
      preview: chosen, tabs: AdminTabs("/admin/matching"))
  }

  /// Looks at a few asks only: with the newest, which are often urgent, nobody may be free in time.
  private func preview(
    _ asks: [PastAsk], before: Weights, after: Weights, _ tx: Transaction, _ world: World
  ) throws -> WeightsPreview? {
    let wanted = asks.filter { $0.ask.id == ask }
    var first: WeightsPreview?
    for past in wanted.isEmpty ? Array(asks.prefix(6)) : wanted {
      let preview = try WeightsPreview(past, before: before, after: after, tx, world)
      if !preview.mentors.isEmpty { return preview }
      first = first ?? preview
    }
    return first
  }

  private static func total(_ parts: WeightParts) -> String {
    switch parts.sum {
    case 0: "All are 0, so nothing would count. The preview shows the weights in use."
    case 1000: "Together 1000."
    default: "Together \(parts.sum). Only the proportions matter: they are scaled to 1000 when you save."
    }
  }

  private func choice(_ asks: [PastAsk], _ chosen: ID<Ask>?, _ viewer: Viewer, now: Instant) -> Form.Field {
    .choose(
      .select, "ask", "Try them on an ask",
      asks.map { one in
        Form.Option(
          "\(one.ask.id)", "\(one.words), \(Moment(one.ask.openedAt ?? one.ask.createdAt, viewer, now: now).relative)",
          chosen: one.ask.id == chosen)
      }, help: "The newest \(PastAsk.most) asks. Who asked and what they wrote stays private.")
  }
}

/// A number of the form as it was typed, and what is wrong with it.
struct TypedWeight {
  let text: String
  /// The kept number where none can be read.
  let value: Int
  let fault: String?

  init(_ typed: String?, kept: Int) {
    let typed = typed?.trimmed ?? ""
    text = typed.isEmpty ? "\(kept)" : typed
    let number = typed.isEmpty ? kept : Int(typed)
    value = number ?? kept
    fault =
      switch number {
      case nil: "Give a whole number."
      case .some(..<0): "Give at least 0."
      case .some(1001...): "Give at most 1000."
      default: nil
      }
  }
}

extension Factor {
  func field(_ typed: TypedWeight) -> Form.Field {
    var field = Form.Field.stepper(
      word, Wording.name(self).capitalisedFirst, value: typed.value, 0...1000,
      help: "\(explanation) At first \(Weights.standard[self]).")
    field.value = typed.text
    field.error = typed.fault
    field.step = 10
    return field
  }

  /// What earns the points, for whoever sets how many there are.
  private var explanation: String {
    switch self {
    case .skillFit: "How well the mentor's level suits the gap. Two levels above the learner is best, far above is a little less."
    case .soon: "How soon both are free, and how many times there are to choose from."
    case .fairLoad: "Whether the mentor gave less than a fair part of the time in the last 28 days."
    case .answers: "How reliably offers of the last 90 days were answered. A no is an answer too."
    case .rating: "How sessions were rated. Few ratings count as the mean of the organisation."
    case .language: "The asker's preferred language first; for long relationships also shared working hours."
    case .crossing: "Whether a wish for somebody from another department is met."
    case .newFaces: "Whether the two have not met lately."
    case .waitingMentor, .passedOn: ""
    }
  }
}
