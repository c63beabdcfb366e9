#pragma once
// The XML below a CAP alert: bytes to a tree of elements, by libxml2's SAX interface.
//
// Memory is bounded by a small multiple of the bytes: namespaces are not copied, and of a document whose root is not an
// alert nothing but the root is kept.

#include <string>
#include <string_view>
#include <vector>

#include "codec/cap/reading.h"

namespace anlan::cap {

enum class Space { kCap11, kCap12, kSignature, kOther };

struct Element {
  Space space = Space::kOther;
  std::string name;                     // local
  int line = 0;                         // where its start tag ends
  int ordinal = 1;                      // among the siblings of its name, from 1
  std::string text;                     // character data directly inside, references resolved
  int text_line = 0;                    // of the first of it that is not white space; 0 where there is none
  std::vector<std::string> attributes;  // local names of those that no CAP element may carry
  std::vector<Element> children;
};

struct Document {
  bool well_formed = false;
  bool is_alert = false;  // the root's local name is alert
  Element root;           // its name is empty where no root was seen
  std::string root_namespace;
  std::vector<Error> errors;  // of class kForm
};

Document parse(std::string_view bytes);

// Where an element stands, linked towards the root; lives on the stack of whoever walks the tree.
struct Place {
  const Element& element;
  const Place* parent = nullptr;
  std::string path() const;
};

// On one line, white space at the ends removed, clipped to 80 characters.
std::string clipped(std::string_view text);

// Adds an error unless there are kErrorsLimit already.
void report(std::vector<Error>&, Error);

}  // namespace anlan::cap
