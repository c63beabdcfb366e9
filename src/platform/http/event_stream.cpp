#include "platform/http/event_stream.h"

#include <utility>

namespace anlan::http {

Frame event_frame(std::string_view id, std::string_view event, std::string_view data) {
  std::string text;
  text.reserve(id.size() + event.size() + data.size() + 24);
  if (!id.empty()) text.append("id: ").append(id).append("\n");
  if (!event.empty()) text.append("event: ").append(event).append("\n");
  while (true) {
    const auto end = data.find('\n');
    text.append("data: ").append(data.substr(0, end)).append("\n");
    if (end == std::string_view::npos) break;
    data.remove_prefix(end + 1);
  }
  text.append("\n");
  return std::make_shared<const std::string>(std::move(text));
}

}  // namespace anlan::http
