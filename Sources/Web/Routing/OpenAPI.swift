import Kit

/// The OpenAPI 3.1 document, made from the declarations that the router is made of.
enum OpenAPI {
  static func document(_ endpoints: [Endpoint], version: String, baseURL: String) -> Value {
    var components = Value.Fields()
    var paths = Value.Fields()
    for endpoint in endpoints where endpoint.surface != .page {
      let path =
        "/" + endpoint.path.split(separator: "/").map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }.joined(separator: "/")
      var item = Value.Fields()
      if case .object(let present)? = paths[path] { item = present }
      item[endpoint.method.rawValue.lowercased()] = operation(endpoint, path, &components)
      paths[path] = .object(item)
    }
    components["Problem"] = problem
    return .object([
      "openapi": "3.1.0",
      "info": [
        "title": "Tandem", "version": .string(version), "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
        "description": """
        Everything a page can do. Times are RFC 3339 in UTC, ids 13 characters of base 32, names snake_case. No text may hold NUL. \
        Limits of length count Unicode code points.
        """,
      ],
      "servers": [["url": .string(baseURL + "/api/v1")]],
      "security": [["token": []]],
      "paths": .object(paths),
      "components": [
        "securitySchemes": ["token": ["type": "http", "scheme": "bearer", "description": "An API token beginning with tdm_."]],
        "schemas": .object(components),
      ],
    ])
  }

  private static func operation(_ endpoint: Endpoint, _ path: String, _ components: inout Value.Fields) -> Value {
    var fields: Value.Fields = [
      "summary": .string(endpoint.summary), "operationId": .string(operationID(endpoint)),
      "tags": [.string(endpoint.path.split(separator: "/").first.map(String.init) ?? "today")],
      "x-permission": .string(endpoint.permission.rawValue), "x-scope": .string(endpoint.scope),
    ]
    if !endpoint.permission.needsViewer { fields["security"] = [] }
    let inPath = Set(endpoint.parameters)
    var parameters: [Value] = endpoint.parameters.map { name in
      let declared = endpoint.input.properties.first { $0.name == name }?.schema
      // A malformed id answers like an unknown one, so any text may stand there.
      let shape = if let declared, case .choice = declared { schema(declared, &components) } else { ["type": "string"] as Value }
      return ["name": .string(name), "in": "path", "required": true, "schema": shape]
    }
    let properties = endpoint.input.properties.filter { !inPath.contains($0.name) }
    if endpoint.method == .get {
      parameters += properties.map { property in
        [
          "name": .string(property.name), "in": "query", "required": .bool(property.isRequired),
          "schema": schema(property.schema, &components),
        ]
      }
    } else {
      if endpoint.knowsRepetition { parameters.append(repetition) }
      if !properties.isEmpty {
        let isMultipart = properties.contains { $0.schema == .upload }
        let body = body(properties, takesNull: !isMultipart, &components)
        let type = isMultipart ? "multipart/form-data" : "application/json"
        fields["requestBody"] = [
          "required": .bool(properties.contains(where: \.isRequired)), "content": .object(.init([type: ["schema": body]])),
        ]
      }
    }
    if !parameters.isEmpty { fields["parameters"] = .array(parameters) }
    fields["responses"] = responses(endpoint, &components)
    return .object(fields)
  }

  private static let repetition: Value = [
    "name": "Idempotency-Key", "in": "header", "required": false,
    "schema": ["type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[!-~]{1,64}$"],
    "description": "The same key and body within 24 h give the same answer, once.",
  ]

  /// An object of a request: no other names, and null for what may be left out. Written out, since answers say less of theirs.
  private static func body(
    _ properties: [Schema.Property], takesNull: Bool = true, _ components: inout Value.Fields
  ) -> Value {
    var named = Value.Fields()
    for property in properties {
      let inner = given(property.schema, &components)
      named[property.name] = property.isRequired || !takesNull ? inner : ["anyOf": [inner, ["type": "null"]]]
    }
    var fields: Value.Fields = ["type": "object", "additionalProperties": false]
    fields["properties"] = .object(named)
    let required = properties.filter(\.isRequired).map { Value.string($0.name) }
    if !required.isEmpty { fields["required"] = .array(required) }
    return .object(fields)
  }

  private static func given(_ schema: Schema, _ components: inout Value.Fields) -> Value {
    switch schema {
    case .object(_, let properties): return body(properties, &components)
    case .list(let inner, let rule): return list(given(inner, &components), rule)
    case .dictionary(let inner): return ["type": "object", "additionalProperties": given(inner, &components)]
    default: return self.schema(schema, &components)
    }
  }

  private static func list(_ items: Value, _ rule: Rule) -> Value {
    var fields: Value.Fields = ["type": "array", "items": items]
    if let least = rule.least, least > 0 { fields["minItems"] = .integer(Int64(least)) }
    if let most = rule.most { fields["maxItems"] = .integer(Int64(most)) }
    return .object(fields)
  }

  private static func operationID(_ endpoint: Endpoint) -> String {
    let words = endpoint.path.split(whereSeparator: { "/:.-_".contains($0) }).map { $0.prefix(1).uppercased() + $0.dropFirst() }
    return endpoint.method.rawValue.lowercased() + (words.isEmpty ? "Today" : words.joined())
  }

  private static func responses(_ endpoint: Endpoint, _ components: inout Value.Fields) -> Value {
    var responses = Value.Fields()
    let creates = endpoint.alsoAnswers.contains(201)
    var success: Value.Fields = ["description": .string(endpoint.summary)]
    if let contentType = endpoint.contentType {
      success["content"] = .object(.init([contentType: ["schema": ["type": "string"]]]))
    } else if let output = endpoint.output {
      success["content"] = ["application/json": ["schema": schema(output, &components)]]
    }
    responses[creates ? "201" : "200"] = .object(success)
    let failures: [(Int, String, Bool)] = [
      (400, "The request cannot be read", true), (401, "No valid token", true), (403, "Not allowed", true),
      (404, "It does not exist, or the viewer may not know", true), (405, "Another method is needed", true),
      (409, "The state of things does not allow it now", endpoint.method != .get || endpoint.alsoAnswers.contains(409)),
      (413, "Too large", true),
      (415, "Another content type is needed", endpoint.method != .get), (422, "Values that cannot be taken, by field", true),
      (429, "Asked too often", true), (503, "Not available for a moment", true), (507, "No room left", endpoint.method != .get),
    ]
    for (status, description, applies) in failures where applies {
      responses["\(status)"] = [
        "description": .string(description), "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
      ]
    }
    return .object(responses)
  }

  private static func schema(_ schema: Schema, _ components: inout Value.Fields) -> Value {
    switch schema {
    case .any, .upload: return schema == .upload ? ["type": "string", "contentMediaType": "application/octet-stream"] : [:]
    case .boolean: return ["type": "boolean"]
    case .text(let rule):
      var fields: Value.Fields = ["type": "string"]
      if let least = rule.least, least > 0 { fields["minLength"] = .integer(Int64(least)) }
      if let most = rule.most { fields["maxLength"] = .integer(Int64(most)) }
      if let format = rule.format { fields["format"] = .string(format == .url ? "uri" : format.rawValue) }
      if let pattern = rule.format?.pattern { fields["pattern"] = .string(pattern) }
      if !rule.options.isEmpty { fields["enum"] = .array(rule.options.map(Value.string)) }
      return .object(fields)
    case .integer(let rule), .number(let rule):
      var fields: Value.Fields = ["type": .string({ if case .integer = schema { "integer" } else { "number" } }())]
      let isWhole = if case .integer = schema { true } else { false }
      if let least = rule.least.map(Int64.init) ?? (isWhole ? .min : nil) { fields["minimum"] = .integer(least) }
      if let most = rule.most.map(Int64.init) ?? (isWhole ? .max : nil) { fields["maximum"] = .integer(most) }
      if !rule.options.isEmpty { fields["enum"] = .array(rule.options.compactMap { Int64($0) }.map(Value.integer)) }
      return .object(fields)
    case .choice(let options):
      // A choice over whole numbers is declared by its rule and stands as numbers.
      return ["type": "string", "enum": .array(options.map(Value.string))]
    case .format(let name, let example):
      return name == "tandem-id"
        ? ["type": "string", "pattern": "^[0-7OoIiLl][0-9A-TV-Za-tv-z]{12}$"]
        : ["type": "string", "format": .string(name), "examples": [.string(example)]]
    case .list(let inner, let rule):
      return list(self.schema(inner, &components), rule)
    case .dictionary(let inner): return ["type": "object", "additionalProperties": self.schema(inner, &components)]
    case .object(let name, let properties):
      guard !name.isEmpty else { return object(properties, &components) }
      if components[name] == nil {
        components[name] = [:]
        components[name] = object(properties, &components)
      }
      return ["$ref": .string("#/components/schemas/\(name)")]
    }
  }

  private static func object(_ properties: [Schema.Property], _ components: inout Value.Fields) -> Value {
    var fields: Value.Fields = ["type": "object"]
    var named = Value.Fields()
    for property in properties { named[property.name] = schema(property.schema, &components) }
    fields["properties"] = .object(named)
    let required = properties.filter(\.isRequired).map { Value.string($0.name) }
    if !required.isEmpty { fields["required"] = .array(required) }
    return .object(fields)
  }

  private static let problem: Value = [
    "type": "object", "required": ["type", "title", "status", "detail", "code"],
    "properties": [
      "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"], "detail": ["type": "string"],
      "code": ["type": "string"], "instance": ["type": "string"],
      "errors": [
        "type": "array",
        "items": [
          "type": "object",
          "properties": [
            "pointer": ["type": "string"], "field": ["type": "string"], "code": ["type": "string"], "detail": ["type": "string"],
          ],
        ],
      ],
    ],
  ]
}

extension Value.Fields {
  fileprivate init(_ one: [String: Value]) {
    self.init()
    for (name, value) in one.sorted(by: { $0.key < $1.key }) { self[name] = value }
  }
}
