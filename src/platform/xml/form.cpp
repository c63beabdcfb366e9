#include "platform/xml/form.h"

#include <algorithm>

#include "platform/xml/document.h"

namespace anlan::xml {
namespace {

constexpr std::size_t kCertificatesLimit = 8;
constexpr std::string_view kExclusiveSpace = "http://www.w3.org/2001/10/xml-exc-c14n#";
constexpr std::string_view kEnveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

constexpr std::string_view kCanonicals[] = {"http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
                                            "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
                                            "http://www.w3.org/2006/12/xml-c14n11",
                                            "http://www.w3.org/2006/12/xml-c14n11#WithComments",
                                            "http://www.w3.org/2001/10/xml-exc-c14n#",
                                            "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"};

struct Method {
  std::string_view algorithm;
  KeyKind key_kind;
  bool sha1 = false;
};

// RFC 9231 section 2.3, XML Signature 1.1 section 6.4.
constexpr Method kMethods[] = {{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", KeyKind::kRsa},
                               {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", KeyKind::kRsa},
                               {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", KeyKind::kRsa},
                               {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", KeyKind::kEc},
                               {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", KeyKind::kEc},
                               {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", KeyKind::kEc},
                               {"http://www.w3.org/2000/09/xmldsig#rsa-sha1", KeyKind::kRsa, true},
                               {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1", KeyKind::kEc, true}};

constexpr std::string_view kSha1 = "http://www.w3.org/2000/09/xmldsig#sha1";
constexpr std::string_view kDigests[] = {"http://www.w3.org/2001/04/xmlenc#sha256",
                                         "http://www.w3.org/2001/04/xmldsig-more#sha384",
                                         "http://www.w3.org/2001/04/xmlenc#sha512"};

std::string text_of(const xmlNode& node) {
  const std::unique_ptr<xmlChar, void (*)(void*)> text(xmlNodeGetContent(&node), [](void* p) { xmlFree(p); });
  return std::string(view(text.get()));
}

// The libraries find attributes by local name alone: with two of one name each would be read by somebody else.
std::optional<std::string> attribute(xmlNode& node, const char* name) {
  const std::unique_ptr<xmlChar, void (*)(void*)> text(xmlGetNoNsProp(&node, reinterpret_cast<const xmlChar*>(name)),
                                                       [](void* p) { xmlFree(p); });
  return text ? std::optional(std::string(view(text.get()))) : std::nullopt;
}

void require(bool holds, Fault fault, std::string_view detail) {
  if (!holds) throw Flaw{fault, std::string(detail)};
}

void require_attributes(const xmlNode& node, std::initializer_list<std::string_view> names) {
  for (const xmlAttr* each = node.properties; each; each = each->next)
    require(!each->ns && std::ranges::find(names, view(each->name)) != names.end(), Fault::kStructure,
            view(each->name));
}

xmlNode* next_element(xmlNode* node) {
  while (node && node->type != XML_ELEMENT_NODE) node = node->next;
  return node;
}

// Walks the elements inside one; each step throws the Flaw it finds.
class Inside {
 public:
  explicit Inside(const xmlNode& parent) : next_(next_element(parent.children)) {}

  bool has(std::string_view name) const { return next_ && is_signature_element(*next_, name); }
  xmlNode& take(std::string_view name, std::initializer_list<std::string_view> attributes = {}) {
    require(has(name), Fault::kStructure, name);
    require_attributes(*next_, attributes);
    xmlNode& taken = *next_;
    next_ = next_element(next_->next);
    return taken;
  }
  void end() const { require(!next_, Fault::kStructure, next_ ? view(next_->name) : ""); }

 private:
  xmlNode* next_;
};

std::string algorithm_of(xmlNode& node) {
  const auto algorithm = attribute(node, "Algorithm");
  require(algorithm.has_value(), Fault::kStructure, "Algorithm");
  return *algorithm;
}

std::string leaf(xmlNode& node) {
  Inside(node).end();
  return text_of(node);
}

// What an exclusive canonicalization takes along all the same says nothing of the text.
void check_canonical(xmlNode& node, Fault fault) {
  const std::string algorithm = algorithm_of(node);
  require(std::ranges::find(kCanonicals, algorithm) != std::end(kCanonicals), fault, algorithm);
  xmlNode* prefixes = next_element(node.children);
  if (!prefixes) return;
  const bool is_list = algorithm.starts_with(kExclusiveSpace) && prefixes->ns &&
                       view(prefixes->ns->href) == kExclusiveSpace && view(prefixes->name) == "InclusiveNamespaces";
  require(is_list && !next_element(prefixes->next), Fault::kStructure, view(prefixes->name));
  require_attributes(*prefixes, {"PrefixList"});
}

void check_transforms(xmlNode& transforms) {
  Inside inside(transforms);
  xmlNode& enveloped = inside.take("Transform", {"Algorithm"});
  const std::string first = algorithm_of(enveloped);
  require(first == kEnveloped, Fault::kTransform, first);
  Inside(enveloped).end();
  if (inside.has("Transform")) check_canonical(inside.take("Transform", {"Algorithm"}), Fault::kTransform);
  inside.end();
}

void check_reference(xmlNode& reference, bool sha1, Form& form) {
  const auto uri = attribute(reference, "URI");
  require(uri && uri->empty(), Fault::kReference, uri.value_or(""));
  Inside inside(reference);
  check_transforms(inside.take("Transforms"));
  xmlNode& method = inside.take("DigestMethod", {"Algorithm"});
  const std::string digest = algorithm_of(method);
  require(std::ranges::find(kDigests, digest) != std::end(kDigests) || (sha1 && digest == kSha1), Fault::kAlgorithm,
          digest);
  Inside(method).end();
  form.digest_value = leaf(inside.take("DigestValue"));
  inside.end();
}

void check_signed_info(xmlNode& signed_info, bool sha1, Form& form) {
  Inside inside(signed_info);
  check_canonical(inside.take("CanonicalizationMethod", {"Algorithm"}), Fault::kAlgorithm);
  xmlNode& node = inside.take("SignatureMethod", {"Algorithm"});
  const std::string algorithm = algorithm_of(node);
  const Method* method = std::ranges::find(kMethods, algorithm, &Method::algorithm);
  require(method != std::end(kMethods) && (sha1 || !method->sha1), Fault::kAlgorithm, algorithm);
  form.key_kind = method->key_kind;
  Inside(node).end();
  check_reference(inside.take("Reference", {"URI", "Id", "Type"}), sha1, form);
  inside.end();
}

std::vector<std::string> certificates_in(const xmlNode& key_info) {
  std::vector<std::string> found;
  for (xmlNode* data = next_element(key_info.children); data; data = next_element(data->next)) {
    if (!is_signature_element(*data, "X509Data")) continue;
    for (xmlNode* each = next_element(data->children); each; each = next_element(each->next))
      if (is_signature_element(*each, "X509Certificate")) found.push_back(text_of(*each));
  }
  require(found.size() <= kCertificatesLimit, Fault::kStructure, "X509Certificate");
  return found;
}

}  // namespace

Result<Form, Flaw> form_of(xmlNode& signature, bool sha1) try {
  Form form{};
  require_attributes(signature, {"Id"});
  Inside inside(signature);
  check_signed_info(inside.take("SignedInfo", {"Id"}), sha1, form);
  form.signature_value = leaf(inside.take("SignatureValue", {"Id"}));
  if (inside.has("KeyInfo")) form.certificates = certificates_in(inside.take("KeyInfo", {"Id"}));
  inside.end();
  return form;
} catch (Flaw& flaw) {
  return std::move(flaw);
}

}  // namespace anlan::xml
