#include "services/elbv2/operations/describe_listener_certificates.h"

#include "services/elbv2/listener_store.h"
#include "services/elbv2/pages.h"

namespace everseal::elbv2 {

Result<DescribeListenerCertificates::Response, ApiError> DescribeListenerCertificates::operator()(
    const Request& request, const aws::Call& call) const {
  const auto page = page_of(name, call, request.listener_arn, request.marker, request.page_size);
  if (!page) return page.error();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto listener = own_listener(view, call, request.listener_arn);
    if (!listener) return listener.error();
    auto further = further_certificates(view, listener->arn, page->after(), page->limit());
    if (!further) return further.error();
    Response response;
    response.next_marker = page->cut(*further, [](const std::string& arn) { return arn; });
    if (!request.marker && listener->certificate_arn) {
      response.certificates.push_back({listener->certificate_arn, true});
    }
    for (const std::string& arn : *further) response.certificates.push_back({arn, false});
    return response;
  });
}

}  // namespace everseal::elbv2
