#pragma once
// Status line and headers of an answer, as bytes. Inside the server only.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/message.h"

namespace anlan::http {

struct HeadContext {
  const Headers& defaults;            // added where the answer has no field of that name
  std::string_view date;              // a whole header line
  std::optional<std::size_t> length;  // Content-Length; none: the body ends with the connection
  bool keep_alive;
};

// Whether answers of this status have a body at all (RFC 9110 §6.4.1).
bool has_body(int status);

// Appends. Fields that the server itself decides, and fields with a line break in them, are left out of what the answer
// brings.
void append_head(std::string& out, const Response&, const HeadContext&);

}  // namespace anlan::http
