/// Common given names of many languages: what stands before an unknown capitalised word and makes a person of the two.
enum GivenNames {
  static let all = wordList(
    """
    aaron abby abdul abdullah abigail abraham ada adam adrian adriana agnes ahmad ahmed aidan aisha akira alan albert alberto alejandra
    alejandro aleksandr alessandro alex alexa alexander alexandra alexei alexey alexis alfred ali alice alicia alison allan allen
    allison alvin amanda amber amelia amir amit amy ana anastasia anders andre andrea andreas andrei andres andrew andrey andy angel
    angela angelina anil anita anja ann anna anne annette annie anthony antoine anton antonia antonio anya april archie ariana arjun
    arnold arthur arturo arun arvind ashley ashok astrid audrey august austin ava ayesha barack barbara barry bart beatrice beatriz
    becky ben benedict benjamin bernard bernie beth betty beverly bill billy bjorn blake bob bobby bonnie boris brad bradley brandon
    brenda brendan brent brett brian bridget brittany bruce bruno bryan byron caleb calvin cameron camila camille candace carl carla
    carlo carlos carmen carol carolina caroline carolyn carrie casey catherine cathy cecilia celia cesar chad charles charlie charlotte
    chelsea cheng cheryl chiara chloe chris christian christina christine christoph christopher cindy claire clara claudia clement
    clifford clint clinton colin colleen connie connor conor constance cora corey courtney craig cristina crystal curtis cynthia daisy
    dale damian damien dan dana daniel daniela danielle danny daphne dario darren dave david dawn dean debbie deborah debra denis denise
    dennis derek diana diane diego dieter dimitri dirk dmitri dmitry dolores dominic dominique don donald donna doris dorothy doug
    douglas duncan dustin dylan earl ed eddie edgar edith edmund eduardo edward edwin eileen elaine eleanor elena eli elias elijah elisa
    elise elizabeth ella ellen emil emilia emilio emily emma emmanuel enrique eric erica erik erika erin ernest ernesto esther ethan
    eugene eva evan eve evelyn fabian fabio faith farid fatima federico felipe felix fernanda fernando fiona florence florian frances
    francesca francesco francis francisco francois frank franklin franz fred freddie frederic frederick frida fritz gabriel gabriela
    gail gareth gary gavin gemma gene geoff geoffrey george gerald gerard gerhard german gianni gilbert gina giorgio giovanni giulia
    giuseppe glen glenn gloria gordon grace graham grant greg gregory greta guido guillaume guillermo gustavo guy gwen hannah hans
    harold harriet harris harry harvey hassan heather hector heidi heinrich helen helena helga henri henrik henry herbert herman hilary
    hillary hiroshi holly hope howard hubert hugh hugo hussein ian ibrahim ignacio igor ilya imran ines ingrid ira irene irina iris
    irving isaac isabel isabella isabelle ivan jack jackie jacob jacqueline jacques jaime jake jakob james jamie jan jana jane janet
    janice jared jasmine jason javier jay jean jeanne jeff jeffrey jen jenna jennifer jenny jeremy jerome jerry jesse jessica jesus jill
    jim jimmy jing joan joanna joanne joaquin jochen jodie joe joel joelle johan johann johanna johannes john johnny jon jonas jonathan
    jordan jorge jose josef joseph josephine josh joshua joy joyce juan juanita judith judy julia julian juliana julie juliet julio
    julius june jun jurgen justin kaitlyn kamala karen karin karl karla kate katherine kathleen kathryn kathy katie katrina kay keith
    kelly ken kendra kenji kenneth kent kerry kevin khalid kim kimberly kirk klaus konstantin kris krishna kristen kristin kristina kurt
    kyle lance lara larry lars laura lauren laurence laurent lawrence lea leah lee leila lena leo leon leonard leonardo leroy leslie
    lester lewis liam lillian lily linda lindsay lindsey lisa liu liz lloyd logan lois lorenzo loretta lori louis louisa louise luca
    lucas lucia lucy luigi luis luisa luke lydia lynn mackenzie madeleine madison magnus maggie malcolm manuel marc marcel marcia marco
    marcos marcus margaret margarita maria mariam marian mariana marie marilyn marina mario marion marisa marjorie mark marlene marshall
    marta martha martin martina marvin mary mateo mathias mathieu matt matteo matthew matthias maureen maurice max maxim maximilian
    maxwell may maya megan mehdi mei mel melanie melinda melissa mercedes mia michael michaela michel michele michelle miguel mika mike
    mikhail milan mildred milton mina minh mira miranda miriam mitch mitchell mohamed mohammad mohammed mohit moira molly mona monica
    morgan moses muhammad murray mustafa nadia nancy naomi natalia natalie natasha nate nathan nathaniel neil nelson niall nicholas nick
    nicolas nicole nigel nikhil nikita niklas nikolai nina noah noam noel nora norma norman olaf oleg olga oliver olivia omar oscar
    oskar osman otto owen pablo paige pamela paolo pascal pat patricia patrick patty paul paula pauline pavel pedro peggy penelope penny
    percy pete peter petra phil philip philippe phillip phoebe pierre pietro piotr polly prakash priscilla priya rachel rafael rahul raj
    rajesh ralph ramesh ramon ramona randall randy raphael raul ravi ray raymond rebecca reggie regina reid reinhard rene rex rhonda
    ricardo rich richard rick ricky riley rita rob robert roberta roberto robin rodney rodrigo roger rohan roland rolf roman ron ronald
    ronnie rory rosa rosalie rose rosemary ross roxanne roy ruben rudolf rudy rupert russ russell ruth ryan sabina sabine sabrina sally
    salman salvador sam samantha samir samuel sandeep sandra sandy sanjay santiago sara sarah sasha satya saul scott sean sebastian
    sergei sergey sergio seth shane shannon sharon shaun shawn sheila shelley sheri sheryl shirley sidney siegfried simon simone sofia
    solomon sonia sonja sophia sophie soren spencer stacey stacy stan stanley stefan stefano stella stephan stephanie stephen steve
    steven stewart stuart sue summer sunil susan susanna suzanne sven svetlana sylvia tamara tanya tara tariq tatiana ted terence teresa
    terrence terri terry thea theodore theresa thomas tiffany tim timothy tina tobias todd tom tomas tommy toni tony tracey tracy travis
    trevor tristan troy tyler tyrone ulrich ulrike uma ursula valentina valerie vanessa vera vernon veronica vicki vicky victor victoria
    vijay vikram vince vincent viola violet virginia vishal vivek vivian vlad vladimir wade wallace walter wanda warren wayne wendell
    wendy wei werner wesley wilfred wilhelm will willem william willie winston wolfgang xavier yan yann yasmin yasuo yolanda yoshua
    youssef yuki yulia yuri yusuf yves yvonne zac zach zachary zoe
    """)
}
