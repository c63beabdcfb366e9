#include "codec/cap/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include <algorithm>
#include <climits>
#include <map>
#include <memory>
#include <utility>

#include "base/result.h"
#include "codec/cap/values.h"

namespace anlan::cap {
namespace {

constexpr std::string_view kSchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

std::string_view view(const xmlChar* text) {
  return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

Space space_of(std::string_view uri) {
  if (uri == "urn:oasis:names:tc:emergency:cap:1.2") return Space::kCap12;
  if (uri == "urn:oasis:names:tc:emergency:cap:1.1") return Space::kCap11;
  if (uri == "http://www.w3.org/2000/09/xmldsig#") return Space::kSignature;
  return Space::kOther;
}

// An element whose end has not come yet.
struct Open {
  Element* element;  // stays in place: a parent gets no further child while this one is open
  std::map<std::string, int, std::less<>> seen;
};

// Receives what the parser finds; bounded in depth, elements and errors, so hostile text costs no more than a long
// one.
struct Builder {
  xmlParserCtxt* context = nullptr;
  Document document;
  std::vector<Open> open;
  int depth = 0;
  bool failed = false;  // not well-formed from here on
  bool stopped = false;

  int line() const { return context->input ? context->input->line : 0; }

  void stop(std::string code, std::string value, std::string expected) {
    if (stopped) return;
    stopped = true;
    report(document.errors,
           {std::move(code), ErrorClass::kForm, line(), path(), std::move(value), std::move(expected)});
    xmlStopParser(context);
  }

  std::string path() const { return open.empty() ? "" : chain(nullptr, 0); }

  std::string chain(const Place* parent, std::size_t at) const {
    const Place place{*open[at].element, parent};
    return at + 1 < open.size() ? chain(&place, at + 1) : place.path();
  }

  // What follows a fatal error is not read, but for the name of a root not yet seen.
  bool over() {
    if (failed && !stopped && !document.root.name.empty()) {
      stopped = true;
      xmlStopParser(context);
    }
    return stopped;
  }

  void start(std::string_view name, std::string_view uri, std::vector<std::string> attributes) {
    if (over()) return;
    if (++depth > kDepthLimit) return stop("too_deep", clipped(name), std::to_string(kDepthLimit));
    if (depth > 1 && !document.is_alert) return;
    Element* element = &document.root;
    int ordinal = 1;
    if (depth == 1) {
      document.is_alert = name == "alert";
      document.root_namespace = clipped(uri);
    } else {
      ordinal = ++open.back().seen[std::string(name)];
      element = &open.back().element->children.emplace_back();
    }
    *element = {space_of(uri), std::string(name), line(), ordinal, {}, 0, std::move(attributes), {}};
    open.push_back({element, {}});
  }

  void end() {
    if (over()) return;
    if (depth-- == static_cast<int>(open.size())) open.pop_back();
  }

  void text(std::string_view piece) {
    if (over() || open.empty() || depth != static_cast<int>(open.size())) return;
    Element& element = *open.back().element;
    element.text += piece;
    const std::string_view solid = trimmed(piece);
    if (element.text_line == 0 && !solid.empty())
      element.text_line = line() - static_cast<int>(std::count(solid.data(), piece.data() + piece.size(), '\n'));
  }

  void error(const xmlError& e) {
    if (stopped || failed || e.level < XML_ERR_ERROR) return;
    failed = e.level == XML_ERR_FATAL;
    report(document.errors, {code_of(e.code), ErrorClass::kForm, e.line > 0 ? e.line : line(), path(),
                             clipped(e.message ? e.message : ""), ""});
  }

  static std::string code_of(int code) {
    switch (code) {
      case XML_ERR_INVALID_ENCODING:
      case XML_ERR_INVALID_CHAR:
      case XML_ERR_UNKNOWN_ENCODING:
      case XML_ERR_UNSUPPORTED_ENCODING:
      case XML_I18N_CONV_FAILED:
      case XML_IO_ENCODER:
        return "encoding";
      case XML_ERR_TAG_NAME_MISMATCH:
        return "tag_mismatch";
      case XML_ERR_TAG_NOT_FINISHED:
      case XML_ERR_DOCUMENT_END:
        return "ended_early";
      case XML_ERR_DOCUMENT_EMPTY:
        return "empty_document";
      case XML_ERR_UNDECLARED_ENTITY:
      case XML_WAR_UNDECLARED_ENTITY:
        return "entity";
      default:
        return "not_well_formed";
    }
  }
};

Builder& builder(void* data) { return *static_cast<Builder*>(data); }

// Where the schema and its instance may lie is the one thing an attribute may say on a CAP element.
bool allowed_attribute(std::string_view uri, std::string_view name) {
  return uri == kSchemaInstance && (name == "schemaLocation" || name == "noNamespaceSchemaLocation");
}

void on_start(void* data, const xmlChar* name, const xmlChar*, const xmlChar* uri, int, const xmlChar**, int count, int,
              const xmlChar** attributes) {
  std::vector<std::string> refused;
  constexpr int kPointers = 5;  // name, prefix, URI, value, end of the value
  for (const xmlChar** each = attributes; count > 0; --count, each += kPointers)
    if (!allowed_attribute(view(each[2]), view(each[0]))) refused.emplace_back(view(each[0]));
  builder(data).start(view(name), view(uri), std::move(refused));
}

void on_end(void* data, const xmlChar*, const xmlChar*, const xmlChar*) { builder(data).end(); }

void on_text(void* data, const xmlChar* text, int length) {
  builder(data).text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
}

// Where a DOCTYPE begins the reading ends: nothing that it declares is ever looked at.
void on_doctype(void* data, const xmlChar* name, const xmlChar*, const xmlChar*) {
  builder(data).stop("doctype", clipped(view(name)), "");
}

void on_error(void* data, xmlErrorPtr error) { builder(data).error(*error); }

// No handler resolves, declares or fetches anything: what is absent here cannot happen.
xmlSAXHandler handler() {
  xmlSAXHandler sax{};
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = on_start;
  sax.endElementNs = on_end;
  sax.characters = sax.ignorableWhitespace = sax.cdataBlock = on_text;
  sax.internalSubset = on_doctype;
  sax.serror = on_error;
  return sax;
}

// Errors of converting the encoding know no parser and go to the thread's handler.
// libxml2 keeps its handler of errors for the thread; it is put back afterwards.
class ThreadErrors {
 public:
  explicit ThreadErrors(Builder& build) { xmlSetStructuredErrorFunc(&build, on_error); }
  ~ThreadErrors() { xmlSetStructuredErrorFunc(data_, handler_); }
  ThreadErrors(const ThreadErrors&) = delete;
  ThreadErrors& operator=(const ThreadErrors&) = delete;

 private:
  void* data_ = xmlStructuredErrorContext;
  xmlStructuredErrorFunc handler_ = xmlStructuredError;
};

void free_context(xmlParserCtxt* context) {
  xmlFreeDoc(context->myDoc);
  xmlFreeParserCtxt(context);
}

}  // namespace

Document parse(std::string_view bytes) {
  static const bool ready = (xmlInitParser(), true);
  ANLAN_ASSERT(ready && bytes.size() < INT_MAX);
  Builder build;
  const std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxt*)> context(
      xmlCreateMemoryParserCtxt(bytes.data(), static_cast<int>(bytes.size())), free_context);
  if (!context) {
    report(build.document.errors, {"empty_document", ErrorClass::kForm, 1, "", "", ""});
    return std::move(build.document);
  }
  *context->sax = handler();
  context->userData = &build;
  // Without recovery a fatal error silences the handlers, and a DOCTYPE behind it would be read unseen.
  xmlCtxtUseOptions(context.get(), XML_PARSE_NONET | XML_PARSE_RECOVER);
  build.context = context.get();
  const ThreadErrors errors(build);
  xmlParseDocument(context.get());
  build.document.well_formed = context->wellFormed && context->nsWellFormed && !build.failed && !build.stopped;
  return std::move(build.document);
}

std::string Place::path() const {
  if (!parent) return element.name == "alert" ? "alert" : clipped(element.name);
  std::string own = clipped(element.name);
  if (element.ordinal > 1) own += '[' + std::to_string(element.ordinal) + ']';
  return parent->parent ? parent->path() + '/' + own : own;
}

std::string clipped(std::string_view text) {
  constexpr int kCharacters = 80;
  std::string out;
  int characters = 0;
  for (const char c : trimmed(text)) {
    const bool starts = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (starts && ++characters > kCharacters) return out + "…";
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  }
  return out;
}

void report(std::vector<Error>& errors, Error error) {
  if (errors.size() < kErrorsLimit)
    errors.push_back(std::move(error));
  else if (error.kind != ErrorClass::kMeaning && errors.back().kind == ErrorClass::kMeaning)
    errors.back() = std::move(error);  // a full list still shows that the alert is not valid
}

}  // namespace anlan::cap
