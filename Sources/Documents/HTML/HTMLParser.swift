import CLibXML2

/// Builds the tree of a page from libxml2's SAX events, which come balanced whatever the page forgot to close.
final class HTMLParser {
  private(set) var tree = HTMLTree()
  private var open: [Int] = []

  /// Elements beyond this number are left out: no article needs them.
  private static let maximumNodes = 400_000

  static func parse(_ bytes: [UInt8]) -> HTMLTree {
    let parser = HTMLParser()
    _ = parser.tree.append(.html, to: -1)
    parser.open = [0]
    parser.tree.pool.reserveCapacity(bytes.count)
    parser.run(bytes)
    return parser.tree
  }

  private func run(_ bytes: [UInt8]) {
    _ = HTMLParser.libraryIsReady
    var handler = xmlSAXHandler()
    handler.startElement = { context, name, attributes in
      HTMLParser.from(context).start(name, attributes)
    }
    handler.endElement = { context, _ in HTMLParser.from(context).end() }
    handler.characters = { context, text, count in
      HTMLParser.from(context).characters(text, Int(count))
    }
    handler.cdataBlock = { context, text, count in
      HTMLParser.from(context).characters(text, Int(count))
    }
    handler.ignorableWhitespace = handler.characters
    bytes.withUnsafeBytes { input in
      guard let base = input.baseAddress?.assumingMemoryBound(to: CChar.self),
        let context = htmlCreateMemoryParserCtxt(base, CInt(clamping: input.count))
      else { return }
      defer { htmlFreeParserCtxt(context) }
      withUnsafeMutablePointer(to: &handler) { handler in
        let own = context.pointee.sax
        context.pointee.sax = handler
        context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
        _ = htmlCtxtUseOptions(
          context,
          CInt(
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue
              | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue
              | HTML_PARSE_IGNORE_ENC.rawValue))
        _ = xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
        _ = htmlParseDocument(context)
        // The context frees the handler it was made with.
        context.pointee.sax = own
      }
    }
  }

  private static let libraryIsReady: Void = xmlInitParser()

  private static func from(_ context: UnsafeMutableRawPointer?) -> HTMLParser {
    // `run` passes itself and outlives the call.
    Unmanaged<HTMLParser>.fromOpaque(context.unsafelyUnwrapped).takeUnretainedValue()
  }

  private func start(
    _ name: UnsafePointer<xmlChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    guard let name, tree.nodes.count < HTMLParser.maximumNodes else {
      return open.append(open.last ?? 0)
    }
    let tag = HTMLTag(name: UnsafeBufferPointer(start: name, count: Int(xmlStrlen(name))))
    let node = tag == .html ? 0 : tree.append(tag, to: open.last ?? 0)
    open.append(node)
    guard let attributes else { return }
    let first = tree.attributes.count
    var i = 0
    while let key = attributes[i] {
      if let value = attributes[i + 1] { add(key, value, to: node) }
      i += 2
    }
    tree.nodes[node].start = Int32(first)
    tree.nodes[node].end = Int32(tree.attributes.count)
  }

  private func add(_ key: UnsafePointer<xmlChar>, _ value: UnsafePointer<xmlChar>, to node: Int) {
    let key = UnsafeBufferPointer(start: key, count: Int(xmlStrlen(key)))
    let value = UnsafeBufferPointer(start: value, count: Int(xmlStrlen(value)))
    let name: HTMLTree.AttributeName
    switch key.count {
    case 2: name = .id
    case 3: name = .rel
    case 4: name = key[0] == 0x6E ? .name : key[0] == 0x72 ? .role : key[0] == 0x68 ? .href : .lang
    case 5: name = key[0] == 0x63 ? .className : .title
    case 6:
      tree.nodes[node].isHidden = true
      return
    case 7: name = key[0] == 0x72 ? .rowspan : key[2] == 0x6C ? .colspan : .content
    case 8: name = key[0] == 0x70 ? .property : key[0] == 0x69 ? .itemprop : .datetime
    default: name = .httpEquiv
    }
    if name == .className { tree.nodes[node].classHints = HTMLHints(of: value) }
    if name == .id { tree.nodes[node].idHints = HTMLHints(of: value) }
    let start = tree.pool.count
    tree.pool.append(contentsOf: value)
    tree.attributes.append(
      HTMLTree.Attribute(name: name, start: Int32(start), end: Int32(tree.pool.count)))
  }

  private func end() {
    if open.count > 1 { open.removeLast() }
  }

  private func characters(_ text: UnsafePointer<xmlChar>?, _ count: Int) {
    guard let text, count > 0, let parent = open.last else { return }
    let start = tree.pool.count
    tree.pool.append(contentsOf: UnsafeBufferPointer(start: text, count: count))
    separate(from: start)
    let last = Int(tree.nodes[parent].last)
    if last >= 0, tree.nodes[last].tag == .text, Int(tree.nodes[last].end) == start {
      tree.nodes[last].end = Int32(tree.pool.count)
    } else {
      _ = tree.append(.text, to: parent, start: start, end: tree.pool.count)
    }
  }

  /// Makes no-break spaces plain ones, two for each so that nothing moves.
  private func separate(from start: Int) {
    var i = start
    while i + 1 < tree.pool.count {
      if tree.pool[i] == 0xC2, tree.pool[i + 1] == 0xA0 {
        tree.pool[i] = 0x20
        tree.pool[i + 1] = 0x20
        i += 1
      }
      i += 1
    }
  }
}
