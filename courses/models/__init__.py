from courses.models.claim import Claim, ClaimDocument
from courses.models.contact import Contact
from courses.models.count import CourseDailyCount, CourseProfileCount
from courses.models.course import Course, CourseProfile, CourseSkill
from courses.models.document import SearchCard, SearchCount, SearchDailyCount, SearchDocument, SearchState, SearchWord
from courses.models.feed_token import FeedToken
from courses.models.imports import ColumnMapping, ImportChange, ImportFault, ImportRun, ImportSource, StagingRow
from courses.models.offering import Offering, OfferingCost
from courses.models.provider import ApprenticeshipCentre, QualiopiCertificate, TrainingProvider
from courses.models.session import Session
from courses.models.suggestion import CodeSuggestion

__all__ = [
    "ApprenticeshipCentre",
    "Claim",
    "ClaimDocument",
    "CodeSuggestion",
    "ColumnMapping",
    "Contact",
    "Course",
    "CourseDailyCount",
    "CourseProfile",
    "CourseProfileCount",
    "CourseSkill",
    "FeedToken",
    "ImportChange",
    "ImportFault",
    "ImportRun",
    "ImportSource",
    "Offering",
    "OfferingCost",
    "QualiopiCertificate",
    "SearchCard",
    "SearchCount",
    "SearchDailyCount",
    "SearchDocument",
    "SearchState",
    "SearchWord",
    "Session",
    "StagingRow",
    "TrainingProvider",
]
