#include "neighbours_of_elbv2.h"

#include "services/acm/certificate_store.h"

namespace everseal::app {

Result<elbv2::CertificateSource::Status> CertificatesForElbv2::status(
    sql::Snapshot& view, std::string_view certificate_arn) const {
  const auto found = acm::find_certificate(view, certificate_arn);
  if (!found) return found.error();
  if (!*found) return Status::Absent;
  const bool issued = (*found)->status == acm::CertificateStatus::Issued;
  return issued ? Status::Issued : Status::NotIssued;
}

Outcome CertificatesForElbv2::attach(sql::Transaction& tx, std::string_view certificate_arn,
                                     std::string_view user_arn) const {
  return users_.attach(tx, certificate_arn, user_arn);
}

Outcome CertificatesForElbv2::detach(sql::Transaction& tx, std::string_view certificate_arn,
                                     std::string_view user_arn) const {
  return users_.detach(tx, certificate_arn, user_arn);
}

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
