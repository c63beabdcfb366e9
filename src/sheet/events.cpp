#include "sheet/events.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <array>
#include <utility>
#include <vector>

#include "base/result.h"

namespace anlan::sheet {
namespace {

// Real sheets stay below a tenth of each.
constexpr int kDepth = 32, kAttributes = 64, kSpaces = 64;
constexpr std::size_t kTagBytes = 128 * 1024;

// The parser's text is UTF-8 in unsigned characters.
std::string_view view(const xmlChar* text) {
  return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

// Sheets, relationships and types of content, in the transitional and in the strict edition.
bool is_known(std::string_view space) {
  static constexpr std::array<std::string_view, 4> kSpacesKnown{
      "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
      "http://schemas.openxmlformats.org/package/2006/relationships",
      "http://schemas.openxmlformats.org/package/2006/content-types"};
  for (const std::string_view known : kSpacesKnown)
    if (space == known) return true;
  return false;
}

// Bytes of the tag that is open at the end of what was seen. The library reads a tag as a whole, and compares each of
// its attributes with each.
class TagLength {
 public:
  bool see(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::size_t end = bytes.find(inside_ ? '>' : '<');
      if (inside_) length_ += std::min(end, bytes.size());
      if (length_ > kTagBytes) return false;
      if (end == bytes.npos) return true;
      bytes.remove_prefix(end + 1);
      inside_ = !inside_;
      length_ = 0;
    }
    return true;
  }

 private:
  bool inside_ = false;
  std::size_t length_ = 0;
};

}  // namespace

std::string_view Attributes::operator[](std::string_view name) const {
  for (const Attribute& a : all_)
    if (a.space.empty() && a.name == name) return a.value;
  return {};
}

bool Attributes::has(std::string_view name) const {
  for (const Attribute& a : all_)
    if (a.space.empty() && a.name == name) return true;
  return false;
}

std::string_view Attributes::relationship() const {
  for (const Attribute& a : all_)
    if (a.name == "id" && a.space.ends_with("/relationships")) return a.value;
  return {};
}

struct Events::Held {
  explicit Held(Listener& l) : listener(l) {}
  ~Held() {
    if (!parser) return;
    xmlFreeDoc(parser->myDoc);
    xmlFreeParserCtxt(parser);
  }
  // The library calls on for what it has begun, so every callback looks at `sound`.
  void refuse() {
    sound = false;
    xmlStopParser(parser);
  }

  // The parser keeps each name once, so that nearly always a pointer says it.
  bool knows(const xmlChar* space) {
    if (space != last_space) last_space = space, last_known = is_known(view(space));
    return last_known;
  }

  Listener& listener;
  const xmlChar* last_space = nullptr;
  bool last_known = false;
  xmlParserCtxt* parser = nullptr;
  TagLength tag;
  std::vector<Attribute> attributes;
  int depth = 0;
  bool sound = true, begun = false;
};

namespace {

template <class Held>
void on_start(void* context, const xmlChar* name, const xmlChar*, const xmlChar* space, int spaces, const xmlChar**,
              int count, int, const xmlChar** values) {
  auto& held = *static_cast<Held*>(context);
  if (!held.sound) return;
  if (++held.depth > kDepth || count > kAttributes || spaces > kSpaces) return held.refuse();
  held.attributes.clear();
  for (int i = 0; i < count; ++i, values += 5)  // name, prefix, namespace, begin and end of the value
    held.attributes.push_back(
        {view(values[0]),
         view(values[2]),
         {reinterpret_cast<const char*>(values[3]), static_cast<std::size_t>(values[4] - values[3])}});
  held.listener.start(held.knows(space) ? view(name) : std::string_view(), Attributes(held.attributes));
}

template <class Held>
void on_end(void* context, const xmlChar* name, const xmlChar*, const xmlChar* space) {
  auto& held = *static_cast<Held*>(context);
  if (!held.sound) return;
  --held.depth;
  held.listener.end(held.knows(space) ? view(name) : std::string_view());
}

template <class Held>
// Text comes in pieces: the library cuts where its buffer ends.
void on_text(void* context, const xmlChar* text, int size) {
  auto& held = *static_cast<Held*>(context);
  if (held.sound) held.listener.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
}

template <class Held>
// Called at the name of the DOCTYPE, before anything that it declares is read.
void on_doctype(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
  static_cast<Held*>(context)->refuse();
}

// What the library would print is told by feed().
void on_error(void*, xmlError*) {}

}  // namespace

Events::Events(Listener& listener) : held_(std::make_unique<Held>(listener)) {
  xmlInitParser();
  xmlSAXHandler handler{};
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = on_start<Held>;
  handler.endElementNs = on_end<Held>;
  handler.characters = on_text<Held>;
  handler.ignorableWhitespace = on_text<Held>;
  handler.cdataBlock = on_text<Held>;
  handler.internalSubset = on_doctype<Held>;
  handler.serror = on_error;
  held_->parser = xmlCreatePushParserCtxt(&handler, held_.get(), nullptr, 0, nullptr);
  ANLAN_ASSERT(held_->parser);
  // What a declaration says of the encoding is not heard: the standard allows UTF-16 beside UTF-8, and nobody writes
  // it. Entities are put into attributes, of which there are those five.
  xmlCtxtUseOptions(held_->parser,
                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC | XML_PARSE_NOENT);
  xmlSwitchEncoding(held_->parser, XML_CHAR_ENCODING_UTF8);
}

Events::~Events() = default;

bool Events::feed(std::string_view bytes) {
  Held& held = *held_;
  if (!held.sound) return false;
  // The library looks for a mark of the encoding only where it is to find the encoding.
  if (!std::exchange(held.begun, true) && bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  held.sound = held.tag.see(bytes);
  if (!held.sound) return false;
  xmlParseChunk(held.parser, bytes.data(), static_cast<int>(bytes.size()), 0);
  held.sound = held.sound && held.parser->wellFormed && held.parser->nsWellFormed;
  return held.sound;
}

bool Events::finish() {
  Held& held = *held_;
  if (!held.sound) return false;
  xmlParseChunk(held.parser, nullptr, 0, 1);
  held.sound = held.sound && held.parser->wellFormed && held.parser->nsWellFormed && held.depth == 0;
  return held.sound;
}

}  // namespace anlan::sheet
