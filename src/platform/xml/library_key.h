#pragma once
// A key of OpenSSL in a context of libxmlsec1.

#include <xmlsec/crypto.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>

#include <memory>

#include "platform/xml/certificate.h"

namespace anlan::xml {

using Context = std::unique_ptr<xmlSecDSigCtx, decltype(&xmlSecDSigCtxDestroy)>;

// For one signature, made or looked at with this key and no other: without a store of keys, KeyInfo is not read.
Context context_with(EVP_PKEY&);

}  // namespace anlan::xml
