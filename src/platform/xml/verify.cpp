#include "platform/xml/certificate.h"
#include "platform/xml/document.h"
#include "platform/xml/form.h"
#include "platform/xml/library_key.h"
#include "platform/xml/signature.h"

namespace anlan::xml {
namespace {

Verdict invalid(Verdict verdict, Flaw flaw) {
  verdict.state = State::kInvalid;
  verdict.flaw = std::move(flaw);
  return verdict;
}

// What the values say of the document and of the key, by the library.
std::optional<Fault> compare(xmlNode& signature, EVP_PKEY& key) {
  const Context context = context_with(key);
  const bool done = xmlSecDSigCtxVerify(context.get(), &signature) == 0;
  if (done && context->status == xmlSecDSigStatusSucceeded) return std::nullopt;
  const auto* reference =
      static_cast<const xmlSecDSigReferenceCtx*>(xmlSecPtrListGetItem(&context->signedInfoReferences, 0));
  return reference && reference->status == xmlSecDSigStatusSucceeded ? Fault::kSignature : Fault::kDigest;
}

struct Signers {
  std::vector<Certificate> all;
  std::size_t signer = 0;
  X509& certificate() const { return *all[signer]; }
  EVP_PKEY& key() const { return *X509_get0_pubkey(all[signer].get()); }
};

Result<Signers, Flaw> signers_of(const Form& form) {
  Signers signers;
  for (const std::string& text : form.certificates) {
    const auto der = from_base64(text);
    const Certificate read = der ? certificate_of(*der) : nullptr;
    if (!read || !X509_get0_pubkey(read.get())) return Flaw{Fault::kCertificateUnreadable, ""};
    signers.all.push_back(read);
  }
  if (signers.all.empty()) return Flaw{Fault::kCertificateMissing, ""};
  signers.signer = signer_among(signers.all);
  return signers;
}

// As it was signed, and where that may be otherwise once more without what lies between elements.
std::optional<Fault> compare_layouts(xmlDoc& document, xmlNode& signature, EVP_PKEY& key, bool other_layout,
                                     Verdict& verdict) {
  const auto fault = compare(signature, key);
  if (!fault || !other_layout) return fault;
  lay_flat(document);
  verdict.other_layout = !compare(signature, key);
  return verdict.other_layout ? std::nullopt : fault;
}

Verdict judge(xmlDoc& document, xmlNode& signature, const Policy& policy) {
  Verdict verdict;
  const auto form = form_of(signature, policy.sha1);
  if (!form) return invalid(verdict, form.error());
  if (!from_base64(form->digest_value)) return invalid(verdict, {Fault::kDigest, ""});
  if (!from_base64(form->signature_value)) return invalid(verdict, {Fault::kSignature, ""});
  const auto signers = signers_of(*form);
  if (!signers) return invalid(verdict, signers.error());
  X509& certificate = signers->certificate();
  verdict.signer = subject_of(certificate);
  verdict.certificate = fingerprint_of(certificate);
  if (kind_of(signers->key()) != form->key_kind) return invalid(verdict, {Fault::kSignature, ""});
  if (!is_strong(signers->key())) return invalid(verdict, {Fault::kCertificateWeak, ""});
  if (const auto fault = compare_layouts(document, signature, signers->key(), policy.other_layout, verdict))
    return invalid(verdict, {*fault, ""});
  if (policy.roots)
    if (const auto flaw = distrust(certificate, signers->all, policy)) return invalid(verdict, *flaw);
  verdict.state = State::kValid;
  verdict.is_trusted = policy.roots != nullptr;
  return verdict;
}

}  // namespace

std::string_view part_of(Fault fault) {
  if (fault == Fault::kDigest) return "digest";
  if (fault == Fault::kSignature) return "signature";
  return fault < Fault::kDigest ? "form" : "certificate";
}

Verdict verify(std::string_view bytes, const Policy& policy) {
  start_library();
  const Quiet quiet;
  const DocumentPointer document = parse(bytes, policy.limit);
  if (!document) return invalid({}, {Fault::kUnreadable, ""});
  const auto signatures = signatures_in(*document);
  if (signatures.empty()) return {};
  if (signatures.size() > 1) return invalid({}, {Fault::kSeveral, std::to_string(signatures.size())});
  xmlNode& signature = *signatures.front();
  if (signature.parent != xmlDocGetRootElement(document.get())) return invalid({}, {Fault::kPlace, ""});
  return judge(*document, signature, policy);
}

}  // namespace anlan::xml
