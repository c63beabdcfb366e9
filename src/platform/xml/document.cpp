#include "platform/xml/document.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <openssl/err.h>
#include <xmlsec/io.h>
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/xmlsec.h>

// Needs what the others define.
#include <xmlsec/errors.h>

#include "base/result.h"
#include "platform/xml/signature.h"

namespace anlan::xml {
namespace {

// Far above what a signed document has. Canonicalization sorts attributes by insertion, looks names of namespaces up
// one by one, and compares every node with every node around the root.
constexpr int kAttributesLimit = 64, kSpacesLimit = 512, kAroundRootLimit = 16;

void ignore(void*, xmlError*) {}

// Where a DOCTYPE begins the reading ends.
void on_doctype(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
  auto& parser = *static_cast<xmlParserCtxt*>(context);
  parser.wellFormed = 0;
  xmlStopParser(&parser);
}

void free_parser(xmlParserCtxt* parser) {
  xmlFreeDoc(parser->myDoc);
  xmlFreeParserCtxt(parser);
}

template <class T>
int length_of(const T* list) {
  int length = 0;
  for (; list; list = list->next) ++length;
  return length;
}

int depth_of(const xmlNode* node) {
  int depth = 0;
  for (; node && node->type == XML_ELEMENT_NODE; node = node->parent) ++depth;
  return depth;
}

bool is_within_limits(xmlDoc& document) {
  if (document.intSubset || length_of(document.children) > kAroundRootLimit) return false;
  xmlNode* root = xmlDocGetRootElement(&document);
  int spaces = 0;
  for (xmlNode* node = root; node; node = next_node(node, root)) {
    if (node->type != XML_ELEMENT_NODE) continue;
    spaces += length_of(node->nsDef);
    if (spaces > kSpacesLimit || length_of(node->properties) > kAttributesLimit || depth_of(node) > kDepthLimit)
      return false;
  }
  return root != nullptr;
}

bool has_element(const xmlNode& parent) {
  for (const xmlNode* child = parent.children; child; child = child->next)
    if (child->type == XML_ELEMENT_NODE) return true;
  return false;
}

void remove(xmlNode* node) {
  xmlUnlinkNode(node);
  xmlFreeNode(node);
}

// What the library would tell of its errors is told by the verdict.
void say_nothing(const char*, int, const char*, const char*, const char*, int, const char*) {}

}  // namespace

Quiet::Quiet() : data_(xmlStructuredErrorContext), handler_(xmlStructuredError) {
  xmlSetStructuredErrorFunc(nullptr, ignore);
  ERR_set_mark();
}

Quiet::~Quiet() {
  ERR_pop_to_mark();
  xmlSetStructuredErrorFunc(data_, handler_);
}

DocumentPointer parse(std::string_view bytes, std::size_t limit) {
  DocumentPointer none(nullptr, xmlFreeDoc);
  if (bytes.empty() || bytes.size() > limit) return none;
  const std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxt*)> parser(
      xmlCreateMemoryParserCtxt(bytes.data(), static_cast<int>(bytes.size())), free_parser);
  if (!parser) return none;
  parser->sax->internalSubset = on_doctype;
  xmlCtxtUseOptions(parser.get(), XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  xmlParseDocument(parser.get());
  if (!parser->wellFormed || !parser->nsWellFormed || !parser->myDoc) return none;
  DocumentPointer document(std::exchange(parser->myDoc, nullptr), xmlFreeDoc);
  return is_within_limits(*document) ? std::move(document) : std::move(none);
}

std::string_view view(const xmlChar* text) {
  return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

bool is_signature_element(const xmlNode& node, std::string_view name) {
  return node.type == XML_ELEMENT_NODE && node.ns && view(node.ns->href) == kSignatureSpace && view(node.name) == name;
}

xmlNode* next_node(xmlNode* node, const xmlNode* top) {
  if (node->type == XML_ELEMENT_NODE && node->children) return node->children;
  while (node != top && !node->next) node = node->parent;
  return node == top ? nullptr : node->next;
}

std::vector<xmlNode*> signatures_in(xmlDoc& document) {
  std::vector<xmlNode*> found;
  xmlNode* root = xmlDocGetRootElement(&document);
  for (xmlNode* node = root; node; node = next_node(node, root))
    if (is_signature_element(*node, "Signature")) found.push_back(node);
  return found;
}

// White space that is all of an element's text stays: it is a value.
void lay_flat(xmlNode& top) {
  std::vector<xmlNode*> blanks;
  for (xmlNode* node = &top; node; node = next_node(node, &top))
    if (xmlIsBlankNode(node) && has_element(*node->parent)) blanks.push_back(node);
  for (xmlNode* node : blanks) remove(node);
}

void lay_flat(xmlDoc& document) {
  xmlNode* root = xmlDocGetRootElement(&document);
  for (xmlNode *child = document.children, *next; child; child = next) {
    next = child->next;
    if (child != root) remove(child);
  }
  lay_flat(*root);
}

void start_library() {
  static const bool ready = [] {
    xmlInitParser();
    ANLAN_ASSERT(xmlSecInit() == 0 && xmlSecCheckVersion() == 1 && xmlSecOpenSSLInit() == 0);
    xmlSecErrorsSetCallback(say_nothing);
    xmlSecIOCleanupCallbacks();  // whatever were named, nothing could open it
    return true;
  }();
  ANLAN_ASSERT(ready);
}

}  // namespace anlan::xml
