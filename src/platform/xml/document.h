#pragma once
// A document as libxml2's tree, within limits that keep the work of canonicalization in proportion to its bytes.

#include <libxml/tree.h>

#include <memory>
#include <string_view>
#include <vector>

#include "platform/xml/signature.h"

namespace anlan::xml {

using DocumentPointer = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;

inline constexpr const char* kSignatureSpace = "http://www.w3.org/2000/09/xmldsig#";

// While one lives, nothing of this thread's libraries speaks on standard error or leaves errors behind.
class Quiet {
 public:
  Quiet();
  ~Quiet();
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

 private:
  void* data_;
  void (*handler_)(void*, struct _xmlError*);
};

// Null where it is not well-formed, has a DOCTYPE, or is beyond the limits. Nothing that it names is looked for.
DocumentPointer parse(std::string_view bytes, std::size_t limit = kBytesLimit);

std::string_view view(const xmlChar*);
// Whether it is this element of XML signatures.
bool is_signature_element(const xmlNode&, std::string_view name);

// The next node in the order of the document, within `top`; null at its end.
xmlNode* next_node(xmlNode*, const xmlNode* top);

// Every Signature element in it.
std::vector<xmlNode*> signatures_in(xmlDoc&);

// Takes out white space between elements; of a document also whatever lies around the root.
void lay_flat(xmlNode& top);
void lay_flat(xmlDoc&);

// Makes the signature library ready, once.
void start_library();

}  // namespace anlan::xml
