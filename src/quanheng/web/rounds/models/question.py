"""Questions of the office about a figure, and their answers; both stay as they were written."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import QuerySet

from quanheng.process.rounds.assignment import ASSIGNMENT
from quanheng.process.rounds.people import Person
from quanheng.process.rounds.round import ROUND
from quanheng.web.base.columns import Moment, Words
from quanheng.web.base.visible import Visible
from quanheng.web.rounds.models.round import AskedItem, AskedUnit, KeptRound


class Questions(Visible["Question"]):
    """The office sees all questions, who reports a figure those about it."""

    def visible_to(self, person: Person) -> QuerySet[Question]:
        """Return the questions that `person` may see."""
        questions = self.get_queryset()
        if person.may_act_as("office"):
            return questions
        if not person.may_act_as("reporter"):
            return questions.none()
        own = {  # of a figure no more than one task is given, so that no question is found twice
            "unit__tasks__item": models.F("item"),
            "unit__tasks__state": ASSIGNMENT.first,
            "unit__tasks__reporter__code": person.code,
        }
        return questions.filter(**own).exclude(round__state=ROUND.first)


class Question(models.Model):
    """What the office asks about a figure without returning it."""

    item_id: int
    unit_id: int
    round: models.ForeignKey[KeptRound, KeptRound] = models.ForeignKey(KeptRound, on_delete=models.PROTECT)
    item: models.ForeignKey[AskedItem, AskedItem] = models.ForeignKey(AskedItem, on_delete=models.PROTECT)
    unit: models.ForeignKey[AskedUnit, AskedUnit] = models.ForeignKey(AskedUnit, on_delete=models.PROTECT)
    text: Words = models.TextField()
    who: Words = models.CharField(max_length=64)
    at: Moment = models.DateTimeField()

    objects: ClassVar[Questions] = Questions()

    class Meta:
        """In the order in which they were asked."""

        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="question_has_words")]
        indexes = [models.Index(fields=["round"], name="question_of_round")]

    def __str__(self) -> str:
        """Return what is asked."""
        return self.text


class Answers(Visible["Answer"]):
    """As their questions."""

    def visible_to(self, person: Person) -> QuerySet[Answer]:
        """Return the answers that `person` may see."""
        return self.get_queryset().filter(question__in=Question.objects.visible_to(person).values("pk"))


class Answer(models.Model):
    """What who reports the figure answered; a question has one."""

    question: models.OneToOneField[Question, Question] = models.OneToOneField(
        Question, on_delete=models.PROTECT, related_name="answer"
    )
    text: Words = models.TextField()
    who: Words = models.CharField(max_length=64)
    at: Moment = models.DateTimeField()

    objects: ClassVar[Answers] = Answers()

    class Meta:
        """It says something."""

        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="answer_has_words")]

    def __str__(self) -> str:
        """Return what is answered."""
        return self.text
