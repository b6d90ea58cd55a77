#include "neighbours_of_elbv2.h"

namespace everseal::app {

Result<elbv2::TrustStores::Status> NoTrustStores::status(sql::Snapshot&, std::string_view) const {
  return Status::Absent;
}

Result<aws::Tags> NoTrustStores::tags(sql::Snapshot&, std::string_view) const {
  return Fault::broken("tags of a trust store that is not there");
}

Outcome NoTrustStores::put_tags(sql::Transaction&, std::string_view, const aws::Tags&) const {
  return Fault::broken("tags for a trust store that is not there");
}

Outcome NoTrustStores::remove_tags(sql::Transaction&, std::string_view,
                                   const std::vector<std::string>&) const {
  return Fault::broken("no tags of a trust store that is not there");
}

}  // namespace everseal::app
