#pragma once
// Alerts of others as the desk sees them, and the warning that may be made of one.

#include <string>
#include <vector>

#include "edge/http/render.h"
#include "state/stored.h"

namespace anlan::edge {

// kNotFound where it is another organisation's, of another world, or nothing of it has come, not even what was refused.
Outcome<alert::Alert> read_alert(const Page&, const std::string& id);

// What a warning of ours would say if it followed the alert, with the text that is prepared for its type and colour
// where the alert says none, and without divisions that are not the organisation's. `missing`: members that nobody
// could fill: type, colour, area.
struct AlertDraft {
  warning::Content content;
  std::vector<std::string> missing;
};
AlertDraft draft_from(const Page&, const alert::Alert&);

namespace render {

void alert(std::string& out, const Page&, const alert::Alert&);
// A list of those by id, all of the viewer's organisation.
void alerts(std::string& out, const Page&, const std::vector<std::string>& ids);

}  // namespace render
}  // namespace anlan::edge
