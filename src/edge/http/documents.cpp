#include "edge/http/documents.h"

#include "edge/http/bulletin_input.h"
#include "edge/http/parameters.h"
#include "edge/http/problem.h"
#include "view/audience.h"

namespace anlan::edge {
namespace {

using Print = Result<document::Bytes> (document::Press::*)(const document::OfficialDocument&) const;

void answer_document(Services& services, const Stationery& stationery, const Call& call, Print print,
                     std::string_view type, std::string_view extension) {
  const auto directory = services.directory();
  auto& sql = services.reader();
  const Page page{
      sql,        services.vault(),       services.reference(), *directory,         services.texts(), call.viewer.actor,
      call.world, services.clock().now(), view::seen(sql),      call.request.query, call.arguments};
  const auto in = read_bulletin(page, services.node(), call.arguments.front());
  if (!in.ok()) return answer_refusal(services, call, in.error());
  auto bytes = (stationery.press.*print)(document::bulletin(*in, stationery.words));
  if (!bytes.ok()) return answer_refusal(services, call, refuse(RefusalKind::kBusy, "document.failed"));
  http::Response response{200};
  response.headers.set("Content-Type", type);
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("Content-Disposition", "inline; filename=\"" + in->number + "-" +
                                                  std::string(name_of(in->kind)) + "-v" + std::to_string(in->version) +
                                                  std::string(extension) + "\"");
  response.body = std::move(*bytes);
  call.reply(std::move(response));
}

Route document_route(const Stationery& stationery, std::string_view path, Print print, std::string_view type,
                     std::string_view extension) {
  return {.method = http::Method::kGet,
          .path = path,
          .rate = kDocumentRate,
          .takes_after = true,
          .parameters = {parameter::number("version", 1, std::numeric_limits<std::int64_t>::max())},
          .answer = "binary",
          .answer_type = type,
          .handle = [stationery, print, type, extension](Services& services, Call call) {
            auto shared = std::make_shared<Call>(std::move(call));
            const bool taken = services.workers().post([&services, stationery, shared, print, type, extension] {
              answer_document(services, stationery, *shared, print, type, extension);
            });
            if (!taken) answer_refusal(services, *shared, refuse(RefusalKind::kBusy, "node.busy"));
          }};
}

}  // namespace

std::vector<Route> document_routes(const Stationery& stationery) {
  return {document_route(stationery, "/api/v1/reports/{id}/document.pdf", &document::Press::to_pdf, "application/pdf",
                         ".pdf"),
          document_route(stationery, "/api/v1/reports/{id}/document.docx", &document::Press::to_docx,
                         "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")};
}

}  // namespace anlan::edge
