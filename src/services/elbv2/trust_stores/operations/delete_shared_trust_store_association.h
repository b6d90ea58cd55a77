#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/associations.h"
#include "services/elbv2/trust_stores/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2::trust_stores {

// DeleteSharedTrustStoreAssociation: the owner ends the use of a trust store by a listener of
// another account. Trust stores are not shared between accounts here, so there never is one.
struct DeleteSharedTrustStoreAssociation {
  static constexpr std::string_view name = "DeleteSharedTrustStoreAssociation";
  struct Request {
    std::string trust_store_arn;
    std::string resource_arn;
    static constexpr auto fields =
        std::tuple{aws::required("TrustStoreArn", &Request::trust_store_arn),
                   aws::required("ResourceArn", &Request::resource_arn)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // TrustStoreNotFound, ValidationError (the ARN). AssociationNotFound: the resource does not use
  // it. DeleteAssociationSameAccount: it does.
  Result<shapes::Done, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Associations* associations;  // null: nothing uses trust stores
};

}  // namespace everseal::elbv2::trust_stores
