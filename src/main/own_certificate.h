#pragma once
// Certificates of the node in its folder `keys/`: one for each use, made where there is none; a site may put its own in
// their place.

#include <string>

#include "main/configuration.h"
#include "platform/http/client.h"
#include "platform/xml/signature.h"

namespace anlan {

// The files NAME.pem and NAME.key. A certificate that is there has its key.
Result<http::Pinned> own_certificate(const Configuration&, const std::string& name);

// With which messages of warnings are signed: messages.pem and messages.key.
Result<xml::Signer> message_signer(const Configuration&);

}  // namespace anlan
